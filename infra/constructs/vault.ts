import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import type { PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret, type SecretProps } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { keyUse, type Setting } from './setting.ts';

const GENERATED: SecretProps = {
  generateSecretString: { passwordLength: 64, excludePunctuation: true },
};

/** Filled in by the operator; no key is ever in a template. */
const NO_IDENTITIES: SecretProps = {
  secretStringValue: SecretValue.unsafePlainText('{"identities":[]}'),
};

/** Signatures of messages and nothing else: over a digest, and of the kinds that kms-signer.ts asks for. */
const signingWith = (keys: readonly string[]): PolicyStatementProps => ({
  actions: ['kms:Sign'],
  resources: [...keys],
  conditions: {
    StringEquals: {
      'kms:MessageType': 'DIGEST',
      'kms:SigningAlgorithm': ['RSASSA_PKCS1_V1_5_SHA_256', 'ECDSA_SHA_256'],
    },
  },
});

/** What nobody may read in a template: six secrets under a key of their own. */
export class Vault extends Construct {
  readonly signing: Secret;
  readonly decryption: Secret;
  readonly relay: Secret;
  readonly #pepper: Secret;
  readonly #messageId: Secret;
  readonly #webhook: Secret;
  readonly #key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Direct Transmit: secrets',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#pepper = this.#secret('Pepper', 'Stands between patient ids and table keys', GENERATED);
    this.#messageId = this.#secret('MessageId', 'Makes our Message-IDs unguessable', GENERATED);
    this.#webhook = this.#secret('Webhook', 'Makes the secrets of webhooks', GENERATED);
    this.signing = this.#secret('Signing', 'With what the senders sign', NO_IDENTITIES);
    this.decryption = this.#secret('Decryption', 'With what is read that comes to them', NO_IDENTITIES); // prettier-ignore
    this.relay = this.#secret('Relay', 'What we show to relays, HISPs and mailboxes', {
      secretStringValue: SecretValue.unsafePlainText('{"credentials":[]}'),
    });
  }

  readingPepper(): Setting {
    return this.#reading(this.#pepper);
  }

  readingMessageIdSecret(): Setting {
    return this.#reading(this.#messageId);
  }

  readingWebhookSecret(): Setting {
    return this.#reading(this.#webhook);
  }

  readingRelayCredentials(): Setting {
    return this.#reading(this.relay);
  }

  readingDecryptionKeys(): Setting {
    return this.#reading(this.decryption);
  }

  /** @param keys ARNs of those that the secret names instead of holding them */
  readingSigningKeys(keys: readonly string[]): Setting {
    const { value, allows } = this.#reading(this.signing);
    return { value, allows: keys.length === 0 ? allows : [...allows, signingWith(keys)] };
  }

  #secret(id: string, description: string, content: SecretProps): Secret {
    return new Secret(this, id, {
      description: `Direct Transmit: ${description}`,
      encryptionKey: this.#key,
      removalPolicy: RemovalPolicy.RETAIN,
      ...content,
    });
  }

  #reading(secret: Secret): Setting {
    return {
      value: secret.secretArn,
      allows: [
        { actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] },
        keyUse(this.#key, 'secretsmanager', ['kms:Decrypt']),
      ],
    };
  }
}
