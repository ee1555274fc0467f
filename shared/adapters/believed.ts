import { getCACertificates } from 'node:tls';

/** The authorities that a connection believes: those of Node, and beside them some that the settings name, in PEM. */
export const believed = (authorities: readonly string[]): string[] => [
  ...getCACertificates('default'),
  ...authorities,
];
