import { inWords, type Grant, type Privileges } from '../../../infra/local/iam/privileges.ts';

/** A grant that no walk uses, and why it is there. */
export interface Explanation {
  /** Without the stage; `*` for every function that has it. */
  readonly function: string;
  readonly action: string;
  /** Parts of the resource's ARN and of its conditions, with blanks between them, in any letters: `datakey (s3.` */
  readonly resource: string;
  /** One sentence. */
  readonly because: string;
  /** By chance: then it is no fault of the explanation. */
  readonly mayBeUsed?: true;
}

export interface Reckoning {
  readonly functions: number;
  readonly grants: number;
  /** What was never used, with why it is there all the same. */
  readonly unused: readonly { readonly line: string; readonly because: string | undefined }[];
  /** What was explained and needs no explanation: it was used, or nobody has it. */
  readonly stale: readonly string[];
  readonly refused: readonly string[];
  readonly isGood: boolean;
}

const shortName = (functionName: string): string =>
  functionName.replace(/^direct-transmit-[^-]+-/, '');

const lineOf = ({ functionName, action, resource, conditions }: Grant): string => {
  const when = Object.values(conditions).flatMap((keys) => Object.values(keys).flat());
  const under = when.length > 0 ? ` (${when.join(', ')})` : '';
  return `${shortName(functionName)}: ${action} on ${resource}${under}`;
};

const explains = (each: Explanation, grant: Grant): boolean =>
  (each.function === '*' || each.function === shortName(grant.functionName)) &&
  each.action === grant.action &&
  each.resource
    .split(' ')
    .every((part) => lineOf(grant).toLowerCase().includes(part.toLowerCase()));

/** Over several runs: what was used in one of them was used, and what was refused in one of them was refused. */
export function reckon(runs: readonly Privileges[], explained: readonly Explanation[]): Reckoning {
  const grants = new Map(
    runs.flatMap(({ grants: all }) => all).map((each) => [lineOf(each), each]),
  );
  const usedIn = runs.map(({ grants: all, unused }) => {
    const never = new Set(unused.map(lineOf));
    return new Set(all.map(lineOf).filter((line) => !never.has(line)));
  });
  const unusedGrants = [...grants].filter(([line]) => !usedIn.some((used) => used.has(line)));
  const unused = unusedGrants.map(([line, grant]) => ({
    line,
    because: explained.find((each) => explains(each, grant))?.because,
  }));
  const stale = explained
    .filter((each) => {
      const open = each.mayBeUsed ? [...grants] : unusedGrants;
      return !open.some(([, grant]) => explains(each, grant));
    })
    .map(({ function: name, action, resource }) => `${name}: ${action} on ${resource}`);
  const refused = [...new Set(runs.flatMap(({ refusals }) => refusals.map(inWords)))];
  const functions = new Set(runs.flatMap(({ functionNames }) => functionNames)).size;
  const isGood =
    unused.every(({ because }) => because !== undefined) && stale.length + refused.length === 0;
  return { functions, grants: grants.size, unused, stale, refused, isGood };
}

export const summaryOf = ({ functions, grants, unused, refused, isGood }: Reckoning): string =>
  [
    `privileges: ${functions} functions, ${grants} grants`,
    `${unused.length} never used, ${refused.length} refused; ${isGood ? 'good' : 'NOT good'}`,
  ].join(', ');
