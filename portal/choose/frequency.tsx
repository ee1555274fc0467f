import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Request } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Field } from '../parts/field.tsx';
import { isByClock, isOver, ONCE, type WantedFrequency } from './wanted-frequency.ts';

export interface FrequencyProps {
  readonly value: WantedFrequency;
  readonly onChange: (value: WantedFrequency) => void;
  /** What goes on cannot become one copy. */
  readonly isStanding?: boolean;
}

/** How often: whenever the record changes or once; by the clock, and until when, which is folded away for a new request. */
export const Frequency = ({ value, onChange, isStanding = false }: FrequencyProps): JSX.Element => {
  const { flow, words } = useSession();
  // Nothing folds away under somebody's hands.
  const [isOpen] = useState(isByClock(value.frequency) || value.lastDay !== '');
  const isUpdated = value.frequency === 'on-update';
  const change = (changed: Partial<WantedFrequency>): void => onChange({ ...value, ...changed });
  const more = (
    <>
      <Schedule value={value} change={change} isStanding={isStanding} />
      <Field
        label={words.choose.until}
        type="date"
        value={value.lastDay}
        onType={(lastDay) => change({ lastDay })}
        wrong={isOver(value) ? words.choose.over : undefined}
        unfinished={value.lastDay === '' ? words.choose.over : undefined}
      />
    </>
  );
  if (isStanding) return more;
  return (
    <>
      <label class="choice">
        <input
          type="checkbox"
          checked={isUpdated}
          onChange={() => change({ frequency: isUpdated ? 'once' : 'on-update' })}
        />
        {flow === 'provider' ? words.provider.update : words.choose.update}
      </label>
      <details open={isOpen}>
        <summary>{words.choose.more}</summary>
        {more}
      </details>
    </>
  );
};

interface ScheduleProps {
  readonly value: WantedFrequency;
  readonly change: (changed: Partial<WantedFrequency>) => void;
  readonly isStanding: boolean;
}

const Schedule = ({ value, change, isStanding }: ScheduleProps): JSX.Element => {
  const { language, words } = useSession();
  const { frequency, at } = value;
  const day = frequency === 'weekly' ? 'dayOfWeek' : 'dayOfMonth';
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  // The first of January 2024 was a Monday.
  const weekdays = upTo(7, (each) => weekday.format(Date.UTC(2024, 0, each)));
  return (
    <>
      <Select
        label={words.choose.often}
        value={frequency}
        options={Object.entries(words.often).filter(([each]) => !isStanding || each !== 'once')}
        onChoose={(chosen) => change({ frequency: chosen as Request['frequency'] })}
      />
      {(frequency === 'weekly' || frequency === 'monthly') && (
        <Select
          label={words.choose.day}
          value={value[day]}
          options={frequency === 'weekly' ? weekdays : upTo(31, String)}
          onChoose={(chosen) => change({ [day]: Number(chosen) })}
        />
      )}
      {isByClock(frequency) && (
        <Field
          label={words.choose.at}
          type="time"
          value={at}
          onType={(typed) => change({ at: typed })}
          onLeave={() => change({ at: at || ONCE.at })}
        />
      )}
    </>
  );
};

type Option = readonly [value: string, label: string];

const upTo = (last: number, labelOf: (day: number) => string): readonly Option[] =>
  Array.from({ length: last }, (_, before) => [`${before + 1}`, labelOf(before + 1)]);

interface SelectProps {
  readonly label: string;
  readonly value: string | number | undefined;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
}

const Select = ({ label, value, options, onChoose }: SelectProps): JSX.Element => {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        part="input"
        value={value}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      >
        {options.map(([each, shown]) => (
          <option key={each} value={each}>
            {shown}
          </option>
        ))}
      </select>
    </div>
  );
};
