import { render } from 'preact';
import { callerOf } from '../api/client.ts';
import { Token } from '../api/token.ts';
import { PatientFlow } from '../patient/flow.tsx';
import { ProviderFlow } from '../provider/flow.tsx';
import type { ShareWithDirectElement, TokenSource } from '../share-with-direct.types.ts';
import { languageOf, wordsIn } from '../words/words.ts';
import { type Session, SessionContext } from './session.ts';

/** The style sheet, which the build puts in. */
declare const LOOK: string;

/** `<share-with-direct>`: the screens, in a shadow tree of their own. */
export class ShareWithDirect extends HTMLElement implements ShareWithDirectElement {
  static readonly observedAttributes = ['api', 'lang', 'patient', 'role'];

  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #internals = this.attachInternals();
  readonly #token = new Token(() => this.#source);
  #source: TokenSource | undefined;
  #flow: Session['flow'] = 'patient';

  get token(): TokenSource | undefined {
    return this.#source;
  }

  set token(source: TokenSource | undefined) {
    if (source !== this.#source) this.#token.forget();
    this.#source = source;
    this.#show();
  }

  connectedCallback(): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
    this.#root.adoptedStyleSheets = [sheet];
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
    const session = this.#source && this.isConnected ? this.#session() : undefined;
    if (!session) return;
    const { language, there, words } = session;
    this.#internals.ariaLabel = words.title;
    render(
      <SessionContext.Provider value={session}>
        <div class="all" part="all" lang={language} key={there}>
          {this.#flow === 'provider' ? <ProviderFlow /> : <PatientFlow />}
        </div>
      </SessionContext.Provider>,
      this.#root,
    );
  }

  #session(): Session | undefined {
    const [api, patient] = [this.getAttribute('api'), this.getAttribute('patient')];
    if (api === null || patient === null || patient === '') return undefined;
    const language = languageOf(this.lang || this.ownerDocument.documentElement.lang);
    const words = wordsIn(language);
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
