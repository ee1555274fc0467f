import { sesActiveRuleSet } from '../../../shared/adapters/ses/active-rule-set.ts';
import { startSesEndpoint } from '../../../infra/local/world/ses/ses-endpoint.ts';
import { activeRuleSetContract } from '../../contracts/active-rule-set.ts';
import { memoryRuleSet } from '../../support/memory/active-rule-set.ts';
import { withAwsEnv } from '../aws-env.ts';

activeRuleSetContract('SES', async () => {
  const ses = await startSesEndpoint({ relayTo: '127.0.0.1:1' });
  const undo = withAwsEnv({ AWS_ENDPOINT_URL_SES: ses.endpoint });
  const active = sesActiveRuleSet();
  return {
    active,
    async close() {
      undo();
      await ses.close();
    },
  };
});

activeRuleSetContract('the memory', async () => ({
  active: memoryRuleSet(),
  close: async () => undefined,
}));
