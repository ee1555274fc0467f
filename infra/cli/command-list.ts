import type { Command } from './command.ts';
import { bundleCommand } from './commands/bundle.ts';
import { costCommand } from './commands/cost.ts';
import { discoverCommand } from './commands/discover.ts';
import { directoryCommand } from './commands/directory.ts';
import { disclosuresCommand } from './commands/disclosures.ts';
import { doctorCommand } from './commands/doctor.ts';
import { failuresCommand } from './commands/failures.ts';
import { holdCommand } from './commands/hold.ts';
import { holdsCommand } from './commands/holds.ts';
import { identityCommand } from './commands/identity.ts';
import { goCommand } from './commands/go.ts';
import { inspectCommand } from './commands/inspect.ts';
import { keysCommand } from './commands/keys.ts';
import { openCommand } from './commands/open.ts';
import { openApiCommand } from './commands/openapi.ts';
import { packageCommand } from './commands/package.ts';
import { publishCommand } from './commands/publish.ts';
import { publishTextCommand } from './commands/publish-text.ts';
import { readNotificationCommand } from './commands/read-notification.ts';
import { redriveCommand } from './commands/redrive.ts';
import { releaseHoldCommand } from './commands/release-hold.ts';
import { resolveCommand } from './commands/resolve.ts';
import { retryCommand } from './commands/retry.ts';
import { sectionsCommand } from './commands/sections.ts';
import { secureCommand } from './commands/secure.ts';
import { securityCommand } from './commands/security.ts';
import { settingsCommand } from './commands/settings.ts';
import { showCommand } from './commands/show.ts';
import { stopCommand } from './commands/stop.ts';
import { switchesCommand } from './commands/switches.ts';
import { trustCommand } from './commands/trust.ts';
import { verifyAuditCommand } from './commands/verify-audit.ts';

/** Every command of the operator's tool, in the order of its --help. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  discover: discoverCommand,
  trust: trustCommand,
  bundle: bundleCommand,
  package: packageCommand,
  secure: secureCommand,
  open: openCommand,
  inspect: inspectCommand,
  'read-notification': readNotificationCommand,
  keys: keysCommand,
  identity: identityCommand,
  publish: publishCommand,
  'publish-text': publishTextCommand,
  doctor: doctorCommand,
  show: showCommand,
  resolve: resolveCommand,
  retry: retryCommand,
  redrive: redriveCommand,
  stop: stopCommand,
  go: goCommand,
  switches: switchesCommand,
  hold: holdCommand,
  'release-hold': releaseHoldCommand,
  holds: holdsCommand,
  'verify-audit': verifyAuditCommand,
  disclosures: disclosuresCommand,
  directory: directoryCommand,
  cost: costCommand,
  failures: failuresCommand,
  sections: sectionsCommand,
  openapi: openApiCommand,
  security: securityCommand,
  settings: settingsCommand,
};
