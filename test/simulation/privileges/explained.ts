import type { Explanation } from './reckon.ts';

type Grants = readonly (readonly [action: string, resource: string])[];

/** @param functions without the stage; `*`: all that have it */
const because = (
  reason: string,
  functions: readonly string[],
  grants: Grants,
  may: Pick<Explanation, 'mayBeUsed'> = {},
): readonly Explanation[] =>
  functions.flatMap((name) =>
    grants.map(([action, resource]) => ({
      function: name,
      action,
      resource,
      because: reason,
      ...may,
    })),
  );

/** Chance, or a machine that is slow, decides whether chaos comes to it. */
const CHANCE = { mayBeUsed: true } as const;

const WRITERS = 'What may write the table may do all that one transaction of it can hold: a check, a put, a removal.'; // prettier-ignore
const BUNDLES = 'Only where the settings name trust bundles are there any to read, and here they name none.'; // prettier-ignore
const XDR =
  'XDR is sent by another system, which no flow here is: test/system/xdr.test.ts sends it.';
const AGE =
  'Nothing here is old enough to be removed: test/path-retention.test.ts waits until it is.';
const CACHE = 'What was found is kept and read again in one way by all who look for recipients, and here all lies on one machine.'; // prettier-ignore
const SILENT = 'It writes nothing to its log unless something is wrong.';

/** Every permission that neither the walk nor chaos uses, and why it is given all the same. */
export const EXPLAINED: readonly Explanation[] = [
  ...because(WRITERS, ['*'], [['dynamodb:ConditionCheckItem', 'MainTable'], ['dynamodb:DeleteItem', 'MainTable']], CHANCE), // prettier-ignore
  ...because(WRITERS, ['deliver-webhook', 'uploads', 'patients'], [['dynamodb:Query', 'MainTable']], CHANCE), // prettier-ignore
  ...because(CACHE, ['*'], [['dynamodb:GetItem', 'ScratchTable'], ['dynamodb:PutItem', 'ScratchTable'], ['dynamodb:Query', 'ScratchTable']], CHANCE), // prettier-ignore
  ...because(BUNDLES, ['*'], [['s3:GetObject', 'trustbucket'], ['s3:ListBucket', 'trustbucket']], CHANCE), // prettier-ignore
  ...because(BUNDLES, ['*'], [['kms:Decrypt', 'datakey (s3.']], CHANCE),
  ...because(BUNDLES, ['refresh-trust'], [['s3:PutObject', 'trustbucket'], ['kms:GenerateDataKey', 'datakey']]), // prettier-ignore
  ...because(AGE, ['purge'], [
    ['dynamodb:GetItem', 'MainTable'],
    ['dynamodb:PutItem', 'MainTable'],
    ['dynamodb:Query', 'MainTable'],
    ['kms:Decrypt', 'datakey (dynamodb.'],
    ['kms:GenerateDataKey', 'datakey'],
    ['s3:DeleteObject', 'recordsbucket'],
    ['s3:DeleteObject', 'messagesbucket'],
    ['s3:ListBucket', 'recordsbucket'],
    ['s3:ListBucket', 'messagesbucket'],
  ], CHANCE), // prettier-ignore
  ...because(XDR, ['xdr'], [
    ['dynamodb:GetItem', 'MainTable'],
    ['dynamodb:PutItem', 'MainTable'],
    ['dynamodb:Query', 'MainTable'],
    ['dynamodb:UpdateItem', 'ScratchTable'],
    ['kms:Decrypt', 'datakey (dynamodb.'],
    ['kms:Decrypt', 'vaultkey'],
    ['kms:GenerateDataKey', 'datakey'],
    ['logs:CreateLogStream', 'xdr'],
    ['logs:PutLogEvents', 'xdr'],
    ['s3:PutObject', 'recordsbucket'],
    ['secretsmanager:GetSecretValue', 'VaultPepper'],
  ]), // prettier-ignore
  ...because(SILENT, ['api-description', 'authorizer', 'purge', 'refresh-trust'], [['logs:CreateLogStream', '/direct-transmit/'], ['logs:PutLogEvents', '/direct-transmit/']], CHANCE), // prettier-ignore
  ...because('Asked of a retried object that is gone already: without it S3 answers as it answers a stranger.', ['accept-upload'], [['s3:ListBucket', 'uploadsbucket']], CHANCE), // prettier-ignore
  ...because('Mail of a HISP comes where copies leave by one: test/system/relays.test.ts has one.', ['inbound-mail'], [['s3:PutObject', 'hisp/']]), // prettier-ignore
  ...because('A letter that staff may read is kept, and answered by count: test/system/mail-in.test.ts writes one.', ['receive-notification'], [['s3:PutObject', 'kept/'], ['kms:GenerateDataKey', 'mailkey'], ['dynamodb:UpdateItem', 'ScratchTable']]), // prettier-ignore
  ...because('Whoever sent by XDR is told so with what the relay secret has for it: test/system/xdr.test.ts.', ['deliver-webhook'], [['secretsmanager:GetSecretValue', 'VaultRelay']]), // prettier-ignore
  ...because('SES knows a sender by its domain or by its whole address, as the account has it: here by its domain.', ['send-transmission'], [['ses:SendRawEmail', 'identity/records@']]), // prettier-ignore
  ...because('The bytes of a copy are read again when nobody knows whether it left, which chaos brings about if it lasts.', ['send-transmission'], [['s3:GetObject', 'messagesbucket']], CHANCE), // prettier-ignore
];
