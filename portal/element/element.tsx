import { type JSX, render } from 'preact';
import { callerOf } from '../api/client.ts';
import { Token } from '../api/token.ts';
import type { Answer } from '../api/problem.ts';
import { Load } from '../parts/load.tsx';
import { PatientFlow } from '../patient/flow.tsx';
import { ProviderFlow } from '../provider/flow.tsx';
import type { ShareWithDirectElement, TokenSource } from '../share-with-direct.types.ts';
import { firstWordsIn } from '../words/first.ts';
import { type Language, languageOf, type Words } from '../words/words.ts';
import { LOOK, wordsBeside } from './beside.ts';
import { type Session, SessionContext } from './session.ts';

/** In which language the screens are, and with which words. */
type Spoken = Pick<Session, 'language' | 'words'>;

/** `<share-with-direct>`: the screens, in a shadow tree of their own. */
export class ShareWithDirect extends HTMLElement implements ShareWithDirectElement {
  static readonly observedAttributes = ['api', 'lang', 'patient', 'role'];

  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #internals = this.attachInternals();
  readonly #token = new Token(() => this.#source);
  #source: TokenSource | undefined;
  #flow: Session['flow'] = 'patient';
  #spoken: Spoken | undefined;

  get token(): TokenSource | undefined {
    return this.#source;
  }

  set token(source: TokenSource | undefined) {
    if (source !== this.#source) this.#token.forget();
    this.#source = source;
    this.#show();
  }

  connectedCallback(): void {
    this.#root.adoptedStyleSheets = [LOOK];
    this.#internals.role = 'region';
    this.#takeUp();
    this.#show();
  }

  /** A token that a page set before this file was there lies over the property of the class, and is no setting of it. */
  #takeUp(): void {
    const early = Object.getOwnPropertyDescriptor(this, 'token');
    if (!early) return;
    Reflect.deleteProperty(this, 'token');
    this.token = early.value as TokenSource | undefined;
  }

  disconnectedCallback(): void {
    render(null, this.#root);
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (name === 'role' && value !== null) {
      this.#flow = value === 'provider' ? 'provider' : 'patient';
      // For assistive technology `role` says what an element is, and `provider` is none of those.
      this.removeAttribute('role');
    }
    // A token may be for one patient alone.
    if (name === 'patient') this.#token.forget();
    this.#show();
  }

  /** Before there is a page, an API, a patient and a token, there is nothing to show. */
  #show(): void {
    const [api, patient] = [this.getAttribute('api'), this.getAttribute('patient')];
    if (!this.#source || !this.isConnected || api === null || !patient) return;
    const language = languageOf(this.lang || this.ownerDocument.documentElement.lang);
    // Until all words are there, nothing is said but these.
    const first = firstWordsIn(language) as Words;
    this.#internals.ariaLabel = first.title;
    const withSession = (spoken: Spoken, inside: JSX.Element): JSX.Element => (
      <SessionContext.Provider value={this.#session(api, patient, spoken)}>
        {inside}
      </SessionContext.Provider>
    );
    render(
      withSession(
        { language, words: first },
        <Load key={patient} of={language} read={(signal) => this.#speak(language, first, signal)}>
          {(spoken) =>
            withSession(
              spoken,
              <div class="all" part="all" lang={spoken.language}>
                {this.#flow === 'provider' ? <ProviderFlow /> : <PatientFlow />}
              </div>,
            )
          }
        </Load>,
      ),
      this.#root,
    );
  }

  /** Another language that does not come leaves the screen as it is, with all that was typed. */
  async #speak(
    language: Language,
    { trouble }: Words,
    signal: AbortSignal,
  ): Promise<Answer<Spoken>> {
    try {
      const spoken = { language, words: await wordsBeside(language) };
      if (!signal.aborted) this.#spoken = spoken;
      return { ok: true, body: spoken };
    } catch {
      const sentence = trouble.unreachable;
      const problem = { code: 'portal/unreachable', sentence, canTryAgain: true };
      return this.#spoken ? { ok: true, body: this.#spoken } : { ok: false, problem };
    }
  }

  #session(api: string, patient: string, { language, words }: Spoken): Session {
    const origin = new URL(api, this.ownerDocument.baseURI).origin;
    return {
      call: callerOf({ origin, token: this.#token, language, words: words.trouble }),
      words,
      language,
      there: `/v1/patients/${encodeURIComponent(patient)}`,
      flow: this.#flow,
      tell: (name, detail) => {
        this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
      },
    };
  }
}
