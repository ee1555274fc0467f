/** What who looks after the local system signs with. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** What a function signs with: whoever is called then knows who calls. */
export const credentialsOf = (functionName: string): typeof CREDENTIALS => ({
  ...CREDENTIALS,
  accessKeyId: functionName,
});
