import { receivesBySes } from '../ses-use.ts';
import type { Contradiction } from './contradictions.ts';

/** Where SES takes in mail, as its guide of 2023 has it. It does so in more regions by now: in which, AWS alone says. */
const RECEIVING_REGIONS: readonly string[] = ['us-east-1', 'us-west-2', 'eu-west-1'];

const noReceiving: Contradiction = ({ settings, deployment }) => {
  const { region, acknowledged } = deployment;
  // Without a region nobody knows before the deployment.
  return !receivesBySes(deployment, settings) ||
    region === undefined ||
    RECEIVING_REGIONS.includes(region) ||
    acknowledged.includes('ses-receiving')
    ? []
    : [
        `deployment.region: SES is not known to take in mail in ${region}: write ${RECEIVING_REGIONS.join(', ')}, ` +
          'or "elsewhere" as deployment.receiving and have mail fetched from a mailbox or posted to /v1/inbound-mail, ' +
          'or add "ses-receiving" to deployment.acknowledged if AWS lists the region for it',
      ];
};

const rulesOfNobody: Contradiction = ({ settings, deployment }) =>
  deployment.receiptRuleSet !== undefined && !receivesBySes(deployment, settings)
    ? ['deployment.receiptRuleSet: SES takes in no mail: take it out, or write "ses" as deployment.receiving'] // prettier-ignore
    : [];

export const ofReceiving: readonly Contradiction[] = [noReceiving, rulesOfNobody];
