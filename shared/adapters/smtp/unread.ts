import type SMTPConnection from 'nodemailer/lib/smtp-connection';

/** What the library keeps to itself: lines it has heard and not read yet, and the one way by which it writes commands. */
interface Inside {
  readonly _responseQueue: readonly string[];
  readonly _remainder: string;
  readonly _sendCommand: (command: string, logged?: string) => void;
}

const insideOf = (connection: SMTPConnection): Inside => connection as unknown as Inside;

/** Whether the server said more than has been read. */
export function hasMoreToRead(connection: SMTPConnection): boolean {
  const { _responseQueue, _remainder } = insideOf(connection);
  return [..._responseQueue, _remainder].some((line) => line.trim() !== '');
}

/**
 * Has a connection ask only when all that was said is read: what was said before a question is no answer to it, though
 * the library would take it for one.
 *
 * @param refuse instead of a command
 */
export function askWhenAllIsRead(connection: SMTPConnection, refuse: () => void): void {
  const { _sendCommand } = insideOf(connection);
  const ask: Inside['_sendCommand'] = (command, logged) => {
    if (hasMoreToRead(connection)) refuse();
    else _sendCommand.call(connection, command, logged);
  };
  Object.assign(connection, { _sendCommand: ask });
}

/** The library would go on through what was said in vain, line by line and for minutes. */
export const forgetUnread = (connection: SMTPConnection): void => {
  Object.assign(connection, { _responseQueue: [] });
};
