import type { SaxesTagNS } from 'saxes';
import { HL7 } from '../../record/clinical-document.ts';
import type { BodyWatch } from '../../record/read-document.ts';

/** An element in a narrative block or a title, whether it belongs there or not, with all that stands in it. */
export interface Narrative {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Narrative | string)[];
  /** Whether there is an element in it, at any depth, that stands on lines of its own. */
  holdsBlock: boolean;
  /** Whether there is anything in it, at any depth, that can be read. */
  holdsText: boolean;
}

/** Takes the sections of a body in their order. Level 1 is the outermost. */
export interface NarrativeSink {
  /** No more is wanted. */
  readonly isFull: boolean;
  /** What comes is too much to be held: no more is handed on. */
  cut(): void;
  title(title: Narrative, level: number): void;
  text(text: Narrative): void;
  /** A section ended in which there was no text, and no section either. */
  nothing(): void;
}

/** Elements of narrative that are held at once at most; real blocks have some thousands. */
const MOST_ELEMENTS = 200_000;

const BLOCKS = new Set(['caption', 'list', 'paragraph', 'table']);

/** The few attributes that say how something is to be read. */
const KEPT = ['colspan', 'rowspan', 'listType', 'styleCode', 'revised'];

type Role = 'body' | 'component' | 'section' | 'title' | 'text' | 'narrative' | 'other';

/** What an element is by what it stands in. */
const ROLES: Readonly<Partial<Record<Role, ReadonlyMap<string, Role>>>> = {
  body: new Map([['component', 'component']]),
  component: new Map([['section', 'section']]),
  section: new Map([
    ['component', 'component'],
    ['title', 'title'],
    ['text', 'text'],
  ]),
};

interface Open {
  readonly role: Role;
  /** Present where narrative is kept. */
  readonly element: Narrative | undefined;
  /** Of a section: something in it was handed on. */
  isTold: boolean;
}

interface Watching {
  readonly sink: NarrativeSink;
  /** From the body inwards. */
  readonly open: Open[];
  listen: Parameters<BodyWatch['begins']>[0];
  /** Elements that are held now. */
  held: number;
}

/** Hands the titles and narrative blocks of a structured body on as they go by; entries are passed over. */
export function watchNarrative(sink: NarrativeSink): BodyWatch {
  const watching: Watching = { sink, open: [], listen: () => {}, held: 0 };
  return {
    begins(listen) {
      watching.listen = listen;
      watching.open.push({ role: 'body', element: undefined, isTold: false });
    },
    opened: (tag) => opened(watching, tag),
    closed: () => closed(watching),
  };
}

function opened(watching: Watching, tag: SaxesTagNS): void {
  const { open, listen } = watching;
  const around = open.at(-1);
  if (!around) return;
  const role = roleIn(around.role, tag);
  const element = isKept(watching, role, around) ? elementOf(tag) : undefined;
  open.push({ role, element, isTold: false });
  if (element) around.element?.children.push(element);
  if (isBlock(role)) listen((text) => heard(open.at(-1)?.element, text));
}

function closed({ open, sink, listen }: Watching): void {
  const ended = open.pop();
  const around = open.at(-1);
  if (!ended || !around) return;
  const { role, element } = ended;
  if (isBlock(role)) listen(undefined);
  if (role === 'section' && !ended.isTold) sink.nothing();
  if (role === 'section' || role === 'text' || ended.isTold) around.isTold = true;
  if (!element) return;
  if (role === 'title') sink.title(element, sectionsIn(open));
  if (role === 'text') sink.text(element);
  if (!around.element) return;
  around.element.holdsBlock ||= element.holdsBlock || BLOCKS.has(element.name);
  around.element.holdsText ||= element.holdsText;
}

function heard(element: Narrative | undefined, text: string): void {
  if (!element) return;
  element.children.push(text);
  element.holdsText ||= text.trim() !== '';
}

const isBlock = (role: Role): boolean => role === 'title' || role === 'text';

function isKept(watching: Watching, role: Role, around: Open): boolean {
  const { sink } = watching;
  if (isBlock(role)) watching.held = 0;
  else if (role !== 'narrative' || !around.element) return false;
  watching.held += 1;
  if (watching.held > MOST_ELEMENTS) sink.cut();
  return !sink.isFull;
}

function roleIn(around: Role, { uri, local }: SaxesTagNS): Role {
  if (isBlock(around) || around === 'narrative') return 'narrative';
  return (uri === HL7 ? ROLES[around]?.get(local) : undefined) ?? 'other';
}

const sectionsIn = (open: readonly Open[]): number =>
  open.filter(({ role }) => role === 'section').length;

/** By its local name alone: what is not of HL7 does no harm, and may be text that somebody needs. */
const elementOf = ({ local, attributes }: SaxesTagNS): Narrative => ({
  name: local,
  attributes: Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = Object.hasOwn(attributes, name) ? attributes[name]?.value : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  ),
  children: [],
  holdsBlock: false,
  holdsText: false,
});
