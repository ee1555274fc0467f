import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What lies in Scratch saves time, so it may not cost much: whoever waits for it has other things to do in the same seconds. */
export const quickClient = (): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: 500,
      requestTimeout: 1500,
      throwOnRequestTimeout: true,
    },
  });
