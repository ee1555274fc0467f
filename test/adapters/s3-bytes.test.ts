import { startFauxqs } from 'fauxqs';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { bytesContract } from '../contracts/bytes.ts';
import { memoryBytes } from '../support/memory/bytes.ts';
import { withAwsEnv } from './aws-env.ts';

bytesContract('the memory bucket', async () => ({
  store: memoryBytes(),
  close: async () => undefined,
}));

bytesContract('an S3 bucket', async () => {
  const server = await startFauxqs({ port: 0, logger: false });
  server.createBucket('messages');
  const undo = withAwsEnv({ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${server.port}` });
  return {
    store: s3Bytes('messages'),
    close: async () => {
      undo();
      await server.stop();
    },
  };
});
