import { checkKeyStrength } from '../../../shared/trust/checks/key-strength.ts';
import { checkKeyUsage } from '../../../shared/trust/checks/key-usage.ts';
import { checkValidityPeriod } from '../../../shared/trust/checks/validity-period.ts';
import { STRICT } from '../../../shared/trust/rules.ts';
import { codeInWords, CommandError, UsageError, type Command } from '../command.ts';
import { readArgs } from '../command-line.ts';
import { publicationsOf, type Publication } from '../own/publication.ts';
import { publishedNames } from '../own/published-name.ts';
import { OWN_OPTIONS, readOwn, type OwnCertificate } from '../own/read-own.ts';

const FORMS = ['zone', 'generic', 'ldif'] as const;
type Form = (typeof FORMS)[number];

/** What stands before words that a name server or a directory shall pass over. */
const REMARK: Readonly<Record<Form, string>> = { zone: '; ', generic: '; ', ldif: '# ' };
const TITLE: Readonly<Record<Form, string>> = {
  zone: 'For the zone file of the domain',
  generic: 'The same for name servers that do not know CERT (RFC 3597)',
  ldif: 'For the LDAP directory of the domain (LDIF)',
};

/** What whoever runs DNS and LDAP of our domain is to be given, so that others can encrypt to us. */
export const publishCommand: Command = {
  usage:
    'publish (--cert FILE … | --key FILE.p12 --password-file FILE) [--ttl SECONDS] [--form zone|generic|ldif] [--base DN]',
  does: 'Prints our certificates as DNS records and as LDAP entries; one form alone is a file as it stands.',
  notes: [
    '--cert: PEM or DER; give several to publish them together. Of a PKCS #12 file only the certificate is read.',
    '--ttl: how long name servers may keep the records, 1800 seconds unless given.',
    '--form: zone (CERT records), generic (the same for servers that do not know CERT, RFC 3597), ldif; all unless given.',
    '--base: below which entry of the directory those of the LDIF lie; made of the domain unless given.',
  ],

  async run(args) {
    const { values, positionals } = readArgs(args, {
      ...OWN_OPTIONS,
      ttl: { type: 'string', default: '1800' },
      form: { type: 'string' },
      base: { type: 'string' },
    });
    if (positionals.length > 0) throw new UsageError('`publish` takes options only.');
    const ttlSeconds = ttlOf(values.ttl);
    const forms = formsOf(values.form);
    const base = baseOf(values.base);
    const publications = publicationsOf(
      (await readOwn(values)).map(fitToPublish),
      ttlSeconds,
      base,
    );
    const [first] = forms;

    return {
      ok: true,
      lines: forms.flatMap((form) => [
        `${REMARK[form]}${TITLE[form]}`,
        ...publications.flatMap((each) => linesIn(form, each)),
        '',
      ]),
      json: { publications },
      summary: `${REMARK[first ?? 'zone']}${summaryOf(publications)}`,
    };
  },
};

/** What nobody could use is not published: the first thing that is found ends a stranger's search. */
function fitToPublish(owned: OwnCertificate): OwnCertificate {
  const { file, certificate } = owned;
  if (publishedNames(certificate).length === 0) {
    throw new CommandError(
      `${file} is bound to no address and no domain, so nobody would find it.`,
    );
  }
  const code =
    checkKeyStrength(certificate, 'encryption', STRICT) ??
    checkKeyUsage(certificate, 'encryption') ??
    checkValidityPeriod(certificate, new Date());
  if (code === undefined || code === 'trust/not-yet-valid') return owned;
  throw new CommandError(`${file}: nobody could encrypt to it. ${codeInWords(code)}`);
}

function linesIn(form: Form, publication: Publication): readonly string[] {
  const { mail, owner, remarks } = publication;
  const remark = (text: string): string => `${REMARK[form]}${text}`;
  const absent =
    form !== 'ldif' && owner === undefined
      ? [
          remark(
            `${mail} cannot be a name in DNS: publish it in LDAP, or use a certificate of the domain`,
          ),
        ]
      : [];
  const between = form === 'ldif' ? [''] : [];
  return [...remarks.map(remark), ...absent, ...between, ...publication[form]];
}

const summaryOf = (publications: readonly Publication[]): string =>
  `To be published: ${publications.map(({ mail, certificates }) => `${mail} (${certificates.length})`).join(', ')}`;

function ttlOf(text: string): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds >= 60 && seconds <= 604_800) return seconds;
  throw new CommandError('--ttl takes seconds, 60 to 604800 (a week).');
}

function formsOf(text: string | undefined): readonly Form[] {
  if (text === undefined) return FORMS;
  const form = FORMS.find((each) => each === text);
  if (form) return [form];
  throw new UsageError(`--form takes ${FORMS.join(', ')}; not ${text}.`);
}

function baseOf(text: string | undefined): string | undefined {
  if (text === undefined || /^[A-Za-z0-9.-]+=[\x20-\x7e]+$/.test(text)) return text;
  throw new CommandError(
    '--base takes the name of an entry in printable ASCII, as ou=direct,dc=example,dc=org.',
  );
}
