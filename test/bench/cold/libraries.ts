/** What a function that sends loads in any case: the libraries that we take in, and the clients of what it talks to. */
export * as dynamodb from '@aws-sdk/client-dynamodb';
export * as s3 from '@aws-sdk/client-s3';
export * as secrets from '@aws-sdk/client-secrets-manager';
export * as sqs from '@aws-sdk/client-sqs';
export * as asn1js from 'asn1js';
export * as pkijs from 'pkijs';
export * as zod from 'zod';
