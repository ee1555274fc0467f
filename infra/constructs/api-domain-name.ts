import { CfnOutput } from 'aws-cdk-lib';
import {
  ApiMapping,
  DomainName,
  type HttpApi,
  type HttpStage,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ApiDomain } from '../config.ts';

export interface ApiDomainNameProps {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  readonly domain: ApiDomain;
}

/** A name under which the API is called. With a truststore, by mutual TLS only. */
export class ApiDomainName extends Construct {
  constructor(scope: Construct, id: string, { api, stage, domain }: ApiDomainNameProps) {
    super(scope, id);
    const { name, certificateArn, truststore, truststoreVersion: version } = domain;
    const domainName = new DomainName(this, 'Name', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
      ...(truststore && { mtls: { ...this.#truststore(truststore), version } }),
    });
    new ApiMapping(this, 'Mapping', { api, stage, domainName });
    new CfnOutput(this, 'Target', {
      description: `In the DNS, where ${name} must lead: CNAME, or an alias`,
      value: domainName.regionalDomainName,
    });
  }

  /** It lies where the operator put it: who may call is not decided by who may deploy. */
  #truststore(url: string) {
    const [, bucketName = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
    return { bucket: Bucket.fromBucketName(this, 'Truststore', bucketName), key };
  }
}
