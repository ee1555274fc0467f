import { anchorsOf } from '../../../shared/trust/anchors.ts';
import type { DirectAddress } from '../../../shared/ids.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import type { Hosting } from '../../../shared/trust/hosting.ts';
import { checkPublished, type PublishedAnswer } from '../../../shared/trust/published.ts';
import type { Config } from '../../config.ts';
import { readAnchors } from '../certificates/read-anchors.ts';
import { readCertificate } from '../certificates/read-identity.ts';
import { codeInWords, UsageError, type Report } from '../command.ts';
import { directAddress } from '../command-line.ts';
import { outside } from '../outside.ts';
import { adviceOn, FINDINGS } from '../own/advice.ts';
import { own } from '../own/read-own.ts';
import { adviceOnRelays } from '../own/relay-advice.ts';
import { stageConfig } from '../own/stage-settings.ts';

export interface OneAddress {
  readonly address: string;
  /** The file with our certificate. */
  readonly cert: string;
  readonly anchor?: readonly string[] | undefined;
  readonly settings?: string | undefined;
  readonly dns?: string | undefined;
  readonly loopback: boolean;
}

/** Looks for one certificate of ours as a stranger does, at every place. @throws CommandError */
export async function reportOnAddress(asked: OneAddress): Promise<Report> {
  const address = directAddress(asked.address);
  const { certificate } = own(asked.cert, (await readCertificate(asked.cert)).raw);
  const config = asked.settings === undefined ? undefined : stageConfig(asked.settings);
  const anchors = await anchorsFrom(asked.anchor, config);
  const ports = { ...outside(asked), anchors };
  const answer = await checkPublished({ address, certificate }, ports);
  return describe(address, certificate, answer, config ? adviceOnRelays(config) : []);
}

function describe(
  address: DirectAddress,
  ours: Certificate,
  answer: PublishedAnswer,
  warnings: readonly string[],
): Report {
  const { hostings, stranger, isOurs, expiresSoon } = answer;
  const advice = adviceOn(answer, ours);
  const ok = stranger.ok && isOurs;
  return {
    ok,
    lines: [...hostings.map(lineOf), ...advice, ...warnings],
    json: {
      address,
      certificate: ours.fingerprint,
      ...(stranger.ok
        ? { stage: stranger.value.stage, daysLeft: stranger.value.daysLeft }
        : stranger.failure),
      isOurs,
      expiresSoon,
      hostings,
      advice,
      warnings,
    },
    summary: ok
      ? `${address}: others find it at ${stranger.value.stage} and trust it; ${stranger.value.daysLeft} days left`
      : `${address}: ${advice.length} to do before answers can be relied on`,
  };
}

const lineOf = ({ id, stage, finding, code, found }: Hosting): string => {
  const why = finding === 'unanswered' && code !== undefined ? ` (${codeInWords(code)})` : '';
  return `${id} ${stage.padEnd(12)} ${found} found: ${FINDINGS[finding]}${why}`;
};

async function anchorsFrom(
  files: readonly string[] | undefined,
  config: Config | undefined,
): Promise<readonly Certificate[]> {
  const named = (await Promise.all((files ?? []).map(readAnchors))).flat();
  const configured = config ? anchorsOf(config.settings) : [];
  const anchors = [...named, ...configured];
  if (anchors.length > 0) return anchors;
  throw new UsageError('Name the authorities with --anchor FILE, or with --settings FILE.');
}
