import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What SES says by a path of its second API; a path that is not there is not found. */
export type SesAnswers = Readonly<Record<string, object>>;

export interface SesAccount {
  readonly endpoint: string;
  /** From now on. @param rules XML of the older API */
  answer(answers: SesAnswers, rules?: string): void;
  close(): Promise<unknown>;
}

/** The account of somebody, as both APIs of SES tell it. */
export async function startSesAccount(): Promise<SesAccount> {
  let answers: SesAnswers = {};
  let rules = '';
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://ses');
    if (pathname === '/') {
      const name = 'DescribeActiveReceiptRuleSet';
      response.end(
        `<${name}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${name}Result>${rules}</${name}Result></${name}Response>`,
      );
      return;
    }
    const found = answers[decodeURIComponent(pathname)];
    response.writeHead(found ? 200 : 404, {
      'content-type': 'application/json',
      ...(!found && { 'x-amzn-errortype': 'NotFoundException' }),
    });
    response.end(JSON.stringify(found ?? { message: 'none' }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (given, xml = '') => {
      answers = given;
      rules = xml;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}
