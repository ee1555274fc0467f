import { trustCommand } from '../../infra/cli/commands/trust.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  type Authority,
  type Issued,
  type IssueOptions,
} from '../support/pki.ts';
import { runBatchOf } from './run-cli.ts';

export const base64 = ({ certificate }: Pick<Issued, 'certificate'>): string =>
  Buffer.from(certificate).toString('base64');

/** Content octets of the serial of `leaf`. */
export const SERIAL = Uint8Array.of(0x41, 7);

/** A good chain of three, and lines of `trust --batch` about it. */
export interface Chain {
  readonly root: Authority;
  readonly between: Issued;
  readonly leaf: Issued;
  /** A request with nothing that may be left out. */
  readonly line: (more?: object) => object;
  /** The code of the answer; undefined when it is trusted. @throws Error when the line was no request */
  readonly codeOf: (more: object) => Promise<unknown>;
}

export const ask = (...requests: readonly (object | string | Uint8Array)[]) =>
  runBatchOf(trustCommand, requests);

export async function makeChain(): Promise<Chain> {
  const root = await cachedAuthority();
  const between = await anotherBetween(root);
  const leaf = await issueQuickly(between, {
    name: 'Dr. Berg',
    san: [{ rfc822Name: 'Berg@clinic.example' }, { dnsName: 'mail.clinic.example' }],
    serial: SERIAL,
  });
  const line = (more: object = {}): object => ({
    id: 'a',
    certificate: leaf.certificatePem,
    intermediates: [base64(between)],
    anchors: [root.certificatePem],
    ...more,
  });
  return {
    root,
    between,
    leaf,
    line,
    async codeOf(more) {
      const { answers, exitCode } = await ask(line(more));
      const { trusted, code } = answers[0]!;
      if (exitCode !== 0 || trusted !== (code === undefined)) throw new Error(String(code));
      return code;
    },
  };
}

/** The authority between, certified once more. */
export const anotherBetween = async (
  root: Authority,
  options: IssueOptions = {},
): Promise<Issued> =>
  issueQuickly(root, {
    ca: true,
    name: 'Between',
    organization: 'Clinic, Inc.',
    keys: await cachedKeys('between'),
    ...options,
  });
