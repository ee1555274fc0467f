import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { callerOf } from '../api/client.ts';
import { Token } from '../api/token.ts';
import type { PatientView } from '../api/views.ts';
import { nameOf } from '../parts/acting.tsx';
import { Busy } from '../parts/busy.tsx';
import { Button } from '../parts/button.tsx';
import type { TokenSource } from '../share-with-direct.types.ts';
import { filled, type Language, pageWordsIn, type Words } from '../words/words.ts';
import { firstWordsIn } from '../words/first.ts';

export interface ChoiceProps {
  readonly language: Language;
  readonly patients: readonly string[];
  readonly token: TokenSource;
  readonly onChoose: (patient: string) => void;
}

/** For whoever acts for several: whose record it is to be. One whose name nobody tells goes by the id. */
export const Choice = ({ language, patients, token, onChoose }: ChoiceProps): JSX.Element => {
  const [names, setNames] = useState<ReadonlyMap<string, string>>();
  useEffect(() => {
    void namesOf(patients, token, language).then(setNames);
  }, []);
  const pages = pageWordsIn(language);
  return (
    <>
      <h2>{pages.which}</h2>
      {names ? (
        <div class="actions">
          {patients.map((id) => (
            <Button key={id} onPress={() => onChoose(id)}>
              {names.get(id) ?? filled(pages.record, { id })}
            </Button>
          ))}
        </div>
      ) : (
        <Busy>{firstWordsIn(language).busy.loading}</Busy>
      )}
    </>
  );
};

async function namesOf(
  patients: readonly string[],
  source: TokenSource,
  language: Language,
): Promise<ReadonlyMap<string, string>> {
  // Without a name the number is shown: what went wrong is read by nobody.
  const words = firstWordsIn(language).trouble as Words['trouble'];
  const token = new Token(() => source);
  const call = callerOf({ origin: location.origin, token, language, words });
  const named = patients.map(async (id): Promise<readonly (readonly [string, string])[]> => {
    const answer = await call<PatientView>(`GET /v1/patients/${encodeURIComponent(id)}`);
    return answer.ok ? [[id, nameOf(answer.body)]] : [];
  });
  return new Map((await Promise.all(named)).flat());
}
