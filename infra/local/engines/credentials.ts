/** What every function and client of the local system signs with. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
