import { describe, expect, test } from '@jest/globals';
import type { Deployment } from '../../infra/config.ts';
import { egressOf } from '../../infra/constructs/egress.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { named, resourcesOf, SANDBOX, statementsOf } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const VPC = { kind: 'vpc', cidr: '10.20.0.0/16', availabilityZones: 2 } as const;

function deployed(more: Partial<Deployment>, settings: Partial<typeof SANDBOX.settings> = {}) {
  const config = {
    ...SANDBOX,
    settings: { ...SANDBOX.settings, ...settings },
    deployment: { ...SANDBOX.deployment, ...more },
  };
  const app = directTransmit({ config, outdir: temporaryFolder() });
  const resources = resourcesOf(app);
  const all = (type: string) => resources.filter((each) => each.type === type);
  const outputs = app.synth().stacks.flatMap(({ template }) => Object.keys(template.Outputs ?? {}));
  return { resources, all, outputs };
}

test('without a network of its own a stage has nothing of EC2', () => {
  const { resources } = deployed({});
  expect(resources.filter(({ type }) => type.startsWith('AWS::EC2::'))).toEqual([]);
  const inOne = resources.filter(({ properties }) => properties['VpcConfig'] !== undefined);
  expect(inOne).toEqual([]);
  expect(JSON.stringify(resources)).not.toContain('ec2:');
});

const inside = deployed({ network: VPC });
const withKeys = deployed({
  network: VPC,
  relayUrl: 'smtps://relay.example.org',
  signingKeys: ['arn:aws:kms:us-east-1:123456789012:key/1'],
});

describe('with a network of its own', () => {
  const { all, outputs, resources } = inside;

  test('each zone has a fixed address to the outside, which outlives its stack and is told', () => {
    const addresses = all('AWS::EC2::EIP');
    expect(addresses).toHaveLength(2);
    expect(addresses.map(({ deletionPolicy }) => deletionPolicy)).toEqual(['Retain', 'Retain']);
    const used = all('AWS::EC2::NatGateway').map(({ properties }) =>
      named(properties.AllocationId),
    );
    expect(used.sort()).toEqual(addresses.map(({ id }) => id).sort());
    expect(outputs).toContain('EgressAddresses');
  });

  test('needs no look-up in an account', () => {
    const zones = all('AWS::EC2::Subnet').map(({ properties }) => properties.AvailabilityZone);
    expect(new Set(zones.map((zone) => JSON.stringify(zone)))).toEqual(
      new Set([0, 1].map((at) => JSON.stringify({ 'Fn::Select': [at, { 'Fn::GetAZs': '' }] }))),
    );
  });

  test('nothing that starts there gets an address of the outside, and nobody comes in', () => {
    for (const { properties } of all('AWS::EC2::Subnet')) {
      expect(properties.MapPublicIpOnLaunch).toBe(false);
    }
    const opened = all('AWS::EC2::SecurityGroup').flatMap(
      ({ properties }) => properties.SecurityGroupIngress ?? [],
    );
    const ingress = [
      ...opened,
      ...all('AWS::EC2::SecurityGroupIngress').map(({ properties }) => properties),
    ];
    expect(ingress).toHaveLength(1);
    expect(ingress[0]).not.toHaveProperty('CidrIp');
    expect(ingress[0]).not.toHaveProperty('CidrIpv6');
    expect(ingress[0]).toMatchObject({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 });
    expect(named(ingress[0].SourceSecurityGroupId)).toMatch(/^OwnFunctions/);
  });

  test('the group that everything is in that names none is closed', () => {
    expect(all('Custom::VpcRestrictDefaultSG')).toHaveLength(1);
  });

  test('all functions are in it, in the subnets without addresses of the outside', () => {
    const ours = all('AWS::Lambda::Function').filter(
      ({ properties }) => properties.FunctionName !== undefined,
    );
    expect(ours.length).toBeGreaterThan(20);
    for (const { properties } of ours) {
      const { SecurityGroupIds: groups, SubnetIds: subnets } = properties.VpcConfig;
      expect(groups.map(named)).toEqual([expect.stringMatching(/Functions/)]);
      expect(subnets.map(named)).toEqual([
        expect.stringMatching(/PrivateSubnet1/),
        expect.stringMatching(/PrivateSubnet2/),
      ]);
    }
  });

  test('a flow log, encrypted, says who went where', () => {
    const [flows] = all('AWS::EC2::FlowLog');
    expect(flows?.properties).toMatchObject({ ResourceType: 'VPC', TrafficType: 'ALL' });
    const [group] = resources.filter(
      ({ type, stack }) => type === 'AWS::Logs::LogGroup' && stack === 'Network',
    );
    expect(named(flows?.properties.LogGroupName)).toBe(group?.id);
    expect(group?.properties).toMatchObject({
      LogGroupName: '/direct-transmit/sandbox/network-flows',
      RetentionInDays: 365,
    });
    expect(named(group?.properties.KmsKeyId)).toBe('DataKey');
  });
});

describe('endpoints', () => {
  const services = ({ all: every }: typeof inside) =>
    every('AWS::EC2::VPCEndpoint').map(
      ({ properties }) => /\.([a-z0-9]+)"/.exec(JSON.stringify(properties.ServiceName))?.[1],
    );

  test('are those of services that functions call', () => {
    const called = ['dynamodb', 'events', 's3', 'secretsmanager', 'sqs'];
    expect(new Set(services(inside))).toEqual(new Set(called));
  });

  test('and of KMS, where code signs with its keys', () => {
    expect(services(withKeys)).toContain('kms');
  });

  const { all } = inside;
  const endpoints = all('AWS::EC2::VPCEndpoint').map(({ properties }) => ({
    kind: properties.VpcEndpointType,
    service: JSON.stringify(properties.ServiceName),
    allowed: statementsOf(properties.PolicyDocument),
  }));

  test('of buckets lets anything be read, and nothing be put but into those of this account', () => {
    const buckets = endpoints.find(({ service }) => service.includes('.s3"'));
    const [ours, others, answers, ...more] = buckets?.allowed ?? [];
    expect(more).toEqual([]);
    expect(ours?.actions).toEqual(['s3:*']);
    expect(Object.keys(ours?.conditions['StringEquals'] ?? {})).toEqual(['aws:ResourceAccount']);
    expect(others?.actions).toEqual(['s3:GetObject']);
    // Where CloudFormation waits for what functions answer.
    expect(answers).toMatchObject({
      actions: ['s3:PutObject'],
      resources: ['arn:AWS::Partition:s3:::cloudformation-custom-resource-response-useast1/*'],
    });
  });

  test('of tables leads to those of this account', () => {
    const tables = endpoints.find(({ service }) => service.includes('.dynamodb"'));
    expect(tables?.allowed.flatMap(({ resources }) => resources)).toEqual([
      'arn:AWS::Partition:dynamodb:AWS::Region:AWS::AccountId:table/*',
    ]);
  });

  test('of all others take credentials of this account alone', () => {
    const others = endpoints.filter(({ kind }) => kind === 'Interface');
    expect(others).toHaveLength(3);
    for (const { allowed } of others) {
      expect(
        allowed.map(({ conditions }) => Object.keys(conditions['StringEquals'] ?? {})),
      ).toEqual([['aws:PrincipalAccount']]);
    }
  });
});

describe('the role of a function', () => {
  const { all } = inside;
  const [joining] = all('AWS::IAM::ManagedPolicy');
  const own = all('AWS::IAM::Policy').filter(({ id }) => id.startsWith('Authorizer'));
  const statements = [joining, ...own]
    .flatMap((policy) => statementsOf(policy?.properties.PolicyDocument))
    .filter(({ actions }) => actions.some((action) => action.startsWith('ec2:')));

  test('lets Lambda put it into the network', () => {
    const allowed = statements.filter(({ effect }) => effect === 'Allow');
    expect(allowed.map(({ actions, resources }) => [actions, resources])).toEqual([
      [
        [
          'ec2:AssignPrivateIpAddresses',
          'ec2:CreateNetworkInterface',
          'ec2:DeleteNetworkInterface',
          'ec2:UnassignPrivateIpAddresses',
        ],
        ['arn:AWS::Partition:ec2:AWS::Region:AWS::AccountId:*/*'],
      ],
      [['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], ['*']],
    ]);
  });

  test('is let so in every function', () => {
    const roles = all('AWS::IAM::Role').filter(
      ({ id }) => id.endsWith('Role') && !id.startsWith('Custom'),
    );
    const joined = roles.filter(({ properties }) =>
      (properties.ManagedPolicyArns ?? []).some((each: unknown) => named(each) === joining?.id),
    );
    expect(joined.length).toBeGreaterThan(20);
  });

  test('lets the code of the function do nothing of it', () => {
    const [denied, ...more] = statements.filter(({ effect }) => effect === 'Deny');
    expect(more).toEqual([]);
    const allowed = statements.filter(({ effect }) => effect === 'Allow');
    expect(denied?.actions).toEqual(
      expect.arrayContaining(allowed.flatMap(({ actions }) => [...actions])),
    );
    expect(denied?.resources).toEqual(['*']);
    expect(named(denied?.conditions['ArnEquals']?.['lambda:SourceFunctionArn'])).toBe(
      'arn:AWS::Partition:lambda:AWS::Region:AWS::AccountId:function:direct-transmit-sandbox-authorizer',
    );
  });
});

describe('functions go out', () => {
  const { settings } = SANDBOX;
  const shown = (more: object, deployment: object = {}) =>
    egressOf({
      settings: { ...settings, ...more },
      deployment: { resolvers: 'system', relayUrl: 'ses:', ...deployment },
    }).map(({ protocol, from, to }) => `${protocol} ${from === to ? from : `${from}-${to}`}`);
  const ALWAYS = ['tcp 53', 'udp 53', 'tcp 80', 'tcp 389', 'tcp 443', 'tcp 636', 'tcp 1024-65535'];
  const beyond = (ports: readonly string[]) => ports.filter((each) => !ALWAYS.includes(each));

  test('to what the protocol needs, where SES relays, and to nothing else', () => {
    expect(shown({})).toEqual(ALWAYS);
  });

  test.each([
    ['smtps://relay.example.org', ['tcp 465']],
    ['smtp://relay.example.org', ['tcp 587']],
    ['SMTP://relay.example.org:26', ['tcp 26']],
    ['smtp://[2001:db8::1]:26', ['tcp 26']],
    ['smtp://relay.example.org:2525', []],
    ['hisp+smtps://hisp.example.org', ['tcp 465']],
    ['hisp+smtp://hisp.example.org', ['tcp 587']],
    ['hisp+xdr://hisp.example.org/xdr', []],
    ['hisp+xdr://hisp.example.org:444/xdr', ['tcp 444']],
    [undefined, ['tcp 465', 'tcp 587']],
  ])('by the relay %s to %j', (relayUrl, ports) => {
    expect(beyond(shown({}, { relayUrl }))).toEqual(ports);
  });

  test('by the relays of some recipients', () => {
    const routes = { 'direct.example.com': 'smtps://relay.example.org' };
    expect(beyond(shown({ relay: { ...settings.relay, routes } }))).toEqual(['tcp 465']);
  });

  test.each([
    ['imaps://mail.example.org', ['tcp 993']],
    ['imaps://mail.example.org:994', ['tcp 994']],
  ])('to the mailbox %s', (url, ports) => {
    expect(beyond(shown({ mailbox: { url, folder: 'INBOX', of: 'hisp' } }))).toEqual(ports);
  });

  test('to whom reports go by XDR', () => {
    const xdr = [{ subject: 'ehr', certificates: [], reportTo: 'https://ehr.example.org:445/xdr' }];
    expect(beyond(shown({ xdr }))).toEqual(['tcp 445']);
  });

  test('to DNS servers with a port of their own, by both protocols', () => {
    expect(beyond(shown({}, { resolvers: '192.0.2.1:54,192.0.2.2:53' }))).toEqual([
      'tcp 54',
      'udp 54',
    ]);
  });

  test('and the network opens those ports, to anywhere', () => {
    const rules = withKeys
      .all('AWS::EC2::SecurityGroup')
      .filter(({ id }) => id.startsWith('OwnFunctions'))
      .flatMap(({ properties }) => properties.SecurityGroupEgress);
    const opened = rules.map(({ IpProtocol, FromPort, CidrIp }) => [IpProtocol, FromPort, CidrIp]);
    expect(opened).toContainEqual(['tcp', 465, '0.0.0.0/0']);
    expect(opened).not.toContainEqual(['-1', expect.anything(), '0.0.0.0/0']);
    expect(rules).toHaveLength(ALWAYS.length + 1);
  });
});
