import { CONTEXTS } from './security/contexts.ts';
import { reachOfStage, type Reach, type ReachOfStage } from './security/reach.ts';
import { heldBy } from './security/sensitive.ts';

/** Between them they have every function and every way in and out: by SES, by a relay in a network, by another HISP. */
const STAGES = ['sandbox', 'production', 'external-hisp'];

/** The page `docs/security.md`: every function of the examples, by the roles that their templates give it. */
export async function securityPage(): Promise<string> {
  const stages = new Map<string, ReachOfStage>();
  for (const stage of STAGES) stages.set(stage, await reachOfStage(stage));
  const names = [...new Set([...stages.values()].flatMap((each) => [...each.keys()]))].sort();
  return `${INTRODUCTION}\n\n${names.map((name) => sectionOf(name, stages)).join('\n\n')}\n`;
}

const INTRODUCTION = `# Security contexts

Generated from the templates of three examples by \`npm run transmit -- security\`; a test compares the two. The examples are
\`sandbox\` (SES), \`production\` (a relay of one's own, in a network) and \`external-hisp\`. Each function has a role of its own,
and the local system asks that role for every call that a function makes, as AWS does: what stands here is what it takes, and
\`npm run privileges\` says what of it is never used.

- **Who sends cannot read what decrypts.** Only \`receive-notification\` may read the decryption secret.
- **Who receives cannot send.** Only \`send-transmission\` may hand mail to SES, read the signing secret or sign with a key in KMS.
  \`receive-notification\`, to which anybody may write, has no credentials of any relay and cannot ring for a copy.
- With one certificate for both uses the same key stands in both secrets: [identities.md](identities.md) says what that costs.
- **Nobody may change the audit.** The policy of its table denies it, whatever a role allows.
- Besides what is listed each function writes its own log, and uses the keys of KMS under which lies what it reaches, only by way
  of the service that it reaches it by. Logs hold ids, codes, counts and durations. In a network of its own Lambda makes
  interfaces in the name of the role; the code of the function may not.

"Holds" is what comes to a function, by its event or by what it may fetch; "never sees" is what of the same list does not.`;

function sectionOf(name: string, stages: ReadonlyMap<string, ReachOfStage>): string {
  const having = [...stages].filter(([, functions]) => functions.has(name));
  const reach = having.flatMap(([, functions]) => functions.get(name) ?? []);
  const { purpose, given } = contextOf(name);
  const { holds, neverSees } = heldBy(reach, given);
  const onlyIn = having.length === stages.size ? '' : ` In ${listOf(having.map(([stage]) => stage))} only.`; // prettier-ignore
  return [
    `## ${name}`,
    `${purpose}${onlyIn}`,
    linesOf(name, having).join('\n') || '- reaches nothing',
    `Holds: ${holds.join('; ') || 'nothing of the kind'}. Never sees: ${neverSees.join('; ')}.`,
  ].join('\n\n');
}

function contextOf(name: string): (typeof CONTEXTS)[keyof typeof CONTEXTS] {
  if (Object.hasOwn(CONTEXTS, name)) return CONTEXTS[name as keyof typeof CONTEXTS];
  throw new Error(`Nobody has said what ${name} is for: infra/cli/security/contexts.ts`);
}

/** A line for each resource and condition; what only some stages allow says which. */
function linesOf(name: string, having: readonly (readonly [string, ReachOfStage])[]): string[] {
  const lines = new Map<string, string[]>();
  for (const [stage, functions] of having) {
    for (const line of groupedIn(functions.get(name) ?? [])) {
      lines.set(line, [...(lines.get(line) ?? []), stage]);
    }
  }
  return [...lines]
    .map(
      ([line, stages]) => line + (stages.length === having.length ? '' : ` (${stages.join(', ')})`),
    )
    .sort();
}

function groupedIn(reach: readonly Reach[]): readonly string[] {
  const groups = new Map<string, Set<string>>();
  for (const { action, resource, when } of reach) {
    const key = `\`${resource}\`${when && `, when ${when}`}`;
    groups.set(key, (groups.get(key) ?? new Set()).add(action));
  }
  return [...groups].map(([key, actions]) => `- ${[...actions].sort().join(', ')}: ${key}`);
}

const listOf = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
