import type { HostileInput } from '../cases.ts';
import { issuersWithoutEnd, lookAlikes, policies, subtrees } from './certificates.ts';
import { brokenLists, forgedLists, hugeList, longList } from './lists.ts';
import type { Scenario } from './scenario.ts';
import {
  datagrams,
  drippingBody,
  drippingMessage,
  endlessAnswer,
  endlessBody,
  giantMessage,
} from './servers.ts';

export const SCENARIOS: Readonly<Record<HostileInput, Scenario>> = {
  'fifty certificates that look alike': lookAlikes,
  'a list of 100,000 entries': longList,
  'a list of 5 MB, with extensions': hugeList,
  'forged lists of 5 MB without end': forgedLists,
  'lists of 5 MB that break off': brokenLists,
  'an HTTP body without end': endlessBody,
  'an HTTP body that drips': drippingBody,
  'an LDAP answer without end': endlessAnswer,
  'an LDAP message of 2 GB': giantMessage,
  'an LDAP message that drips': drippingMessage,
  'a flood of datagrams': datagrams,
  'policies that multiply': policies,
  'names and subtrees that multiply': subtrees,
  'issuers without end': issuersWithoutEnd,
};
