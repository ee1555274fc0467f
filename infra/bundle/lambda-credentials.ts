/**
 * In a function stands for `@aws-sdk/credential-provider-node`: Lambda puts the credentials of the role into the
 * environment, and the chain that looks for them in files, in processes and at six services is never asked.
 */
export const defaultProvider = () => async () => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (accessKeyId && secretAccessKey) {
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  }
  throw new Error('The environment holds no AWS credentials');
};
