import { ActionIcon, Button, Chip, Group, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { Icon } from '@/components/Icon';
import { useT } from '@/lib/i18n';
import {
  fromWireDate,
  isInterval,
  MODES,
  newSchedule,
  selected,
  toggled,
  toWireDate,
  type WireSchedule,
} from '@/lib/schedules';
import { day } from '@/lib/time';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const UNITS: Record<number, string> = {
  1: 'Every so many seconds',
  2: 'Every so many minutes',
  3: 'Every so many hours',
  4: 'Daily',
  5: 'Weekly',
  6: 'Monthly',
  7: 'Cron',
};

interface Props {
  schedules: WireSchedule[];
  change: (schedules: WireSchedule[]) => void;
  error: (path: string) => string | undefined;
}

/** When the job is due: any number of schedules; what is due at the same instant is one run. */
export function SchedulesField({ schedules, change, error }: Props) {
  const t = useT();
  const add = (mode: number) => {
    const free = schedules.reduce((most, each) => Math.max(most, Number(/^s(\d+)$/.exec(each.id)?.[1] ?? 0)), 0) + 1;
    change([...schedules, newSchedule(`s${free}`, mode, day(new Date()))]);
  };
  return (
    <>
      {schedules.length === 0 && <p className="dim">{t('Without a schedule it runs only when somebody starts it.')}</p>}
      {schedules.map((schedule, index) => (
        <Schedule
          key={`${schedule.id} ${index}`}
          schedule={schedule}
          error={(path) => error(`schedules[${index}].${path}`)}
          whole={error(`schedules[${index}]`)}
          change={(more) => change(schedules.map((each, at) => (at === index ? { ...each, ...more } : each)))}
          remove={() => change(schedules.filter((_, at) => at !== index))}
        />
      ))}
      <Group gap="xs">
        <span className="sub">{t('Add:')}</span>
        {([MODES.minutes, MODES.hours, MODES.days, MODES.weeks, MODES.months, MODES.cron] as const).map((mode) => (
          <Button key={mode} variant="default" onClick={() => add(mode)}>
            {t(UNITS[mode] ?? '')}
          </Button>
        ))}
      </Group>
    </>
  );
}

interface OneProps {
  schedule: WireSchedule;
  change: (more: Partial<WireSchedule>) => void;
  remove: () => void;
  error: (path: string) => string | undefined;
  whole?: string;
}

function Schedule({ schedule, change, remove, error, whole }: OneProps) {
  const t = useT();
  const mode = schedule.turnmode;
  return (
    <fieldset className="schedule">
      <Group justify="space-between" wrap="nowrap">
        <Select
          size="xs"
          w={210}
          aria-label={t('Kind of schedule')}
          allowDeselect={false}
          data={Object.entries(UNITS).map(([value, label]) => ({ value, label: t(label) }))}
          value={String(mode)}
          onChange={(value) => {
            const fresh = newSchedule(schedule.id, Number(value), day(new Date()));
            change({ ...fresh, cron: fresh.cron ?? undefined, overnight: undefined });
          }}
        />
        <Group gap="xs" wrap="nowrap">
          <Switch
            size="xs"
            label={t('on')}
            checked={schedule.enabled === 1}
            onChange={(event) => change({ enabled: event.currentTarget.checked ? 1 : 0 })}
          />
          <ActionIcon variant="subtle" color="red" aria-label={t('Remove this schedule')} onClick={remove}>
            <Icon name="trash" size={14} />
          </ActionIcon>
        </Group>
      </Group>
      {isInterval(schedule) && <Interval schedule={schedule} change={change} error={error} />}
      {mode === MODES.cron && (
        <TextInput
          size="xs"
          label={t('Expression')}
          description={t('Five fields, or six with seconds first: */15 8-18 * * mon-fri')}
          className="mono"
          value={schedule.cron ?? ''}
          error={error('cron')}
          onChange={(event) => change({ cron: event.currentTarget.value })}
        />
      )}
      {(mode === MODES.days || mode === MODES.weeks || mode === MODES.months) && (
        <div className="row">
          {mode !== MODES.months && (
            <Number_
              label={mode === MODES.days ? t('Every … days') : t('Every … weeks')}
              value={schedule.interval}
              error={error('interval')}
              change={(interval) => change({ interval })}
            />
          )}
          <TextInput
            size="xs"
            type="time"
            label={t('At')}
            value={schedule.starttime}
            error={error('starttime')}
            onChange={(event) => change({ starttime: event.currentTarget.value })}
          />
        </div>
      )}
      {mode === MODES.weeks && (
        <Choice
          label={t('Weekdays')}
          words={WEEKDAYS}
          first={0}
          value={schedule.selectat}
          change={(selectat) => change({ selectat })}
        />
      )}
      {mode === MODES.months && (
        <>
          <MonthDay of={schedule.monthlyof} change={(monthlyof) => change({ monthlyof })} error={error('monthlyof')} />
          <Choice
            label={t('Months')}
            words={MONTHS}
            first={1}
            value={schedule.selectat}
            change={(selectat) => change({ selectat })}
          />
        </>
      )}
      <div className="row">
        <TextInput
          size="xs"
          type="date"
          label={t('From day')}
          value={fromWireDate(schedule.startdate)}
          error={error('startdate')}
          onChange={(event) => change({ startdate: toWireDate(event.currentTarget.value) })}
        />
        <TextInput
          size="xs"
          type="date"
          label={t('Until day')}
          value={fromWireDate(schedule.enddate)}
          error={error('enddate')}
          onChange={(event) => change({ enddate: toWireDate(event.currentTarget.value) })}
        />
        <TextInput
          size="xs"
          label={t('Time zone')}
          placeholder={t('that of the job')}
          value={schedule.timezone ?? ''}
          error={error('timezone')}
          onChange={(event) => change({ timezone: event.currentTarget.value || undefined })}
        />
      </div>
      {whole && (
        <div className="field-error" role="alert">
          {whole}
        </div>
      )}
    </fieldset>
  );
}

function Interval({ schedule, change, error }: Pick<OneProps, 'schedule' | 'change' | 'error'>) {
  const t = useT();
  const label = { 1: t('Every … seconds'), 2: t('Every … minutes'), 3: t('Every … hours') }[schedule.turnmode] ?? '';
  return (
    <div className="row">
      <Number_
        label={label}
        value={schedule.interval}
        error={error('interval')}
        change={(interval) => change({ interval })}
      />
      <TextInput
        size="xs"
        type="time"
        label={t('Each day from')}
        value={schedule.starttime}
        error={error('starttime')}
        onChange={(event) => change({ starttime: event.currentTarget.value })}
      />
      <TextInput
        size="xs"
        type="time"
        label={t('to')}
        value={schedule.endtime}
        error={error('endtime')}
        onChange={(event) => change({ endtime: event.currentTarget.value })}
      />
      <Switch
        size="xs"
        mt={26}
        label={t('over midnight')}
        checked={schedule.overnight === true}
        onChange={(event) => change({ overnight: event.currentTarget.checked || undefined })}
      />
    </div>
  );
}

function Number_(props: { label: string; value: number; error?: string; change: (value: number) => void }) {
  return (
    <NumberInput
      size="xs"
      label={props.label}
      min={1}
      value={props.value}
      error={props.error}
      onChange={(value) => props.change(Number(value) || 0)}
    />
  );
}

function Choice(props: {
  label: string;
  words: readonly string[];
  first: number;
  value: string;
  change: (value: string) => void;
}) {
  const t = useT();
  const now = selected(props.value);
  return (
    <Group gap={5} role="group" aria-label={props.label}>
      {props.words.map((word, index) => (
        <Chip
          key={word}
          size="xs"
          checked={now.includes(index + props.first)}
          onChange={() => props.change(toggled(props.value, index + props.first))}
        >
          {t(word)}
        </Chip>
      ))}
    </Group>
  );
}

/** A day of the month: counted from the beginning or the end, or a weekday of a week. */
function MonthDay({
  of,
  change,
  error,
}: {
  of: WireSchedule['monthlyof'];
  change: (of: WireSchedule['monthlyof']) => void;
  error?: string;
}) {
  const t = useT();
  const kind = of.day === 0 ? 'week' : of.day < 0 ? 'end' : 'day';
  const [week = '0', weekday = '5'] = of.week.split(':');
  return (
    <div className="row">
      <Select
        size="xs"
        label={t('Which day')}
        allowDeselect={false}
        data={[
          { value: 'day', label: t('a day of the month') },
          { value: 'end', label: t('counted from the end') },
          { value: 'week', label: t('a weekday') },
        ]}
        value={kind}
        error={error}
        onChange={(value) =>
          change(value === 'week' ? { day: 0, week: '0:5' } : { day: value === 'end' ? -1 : 1, week: '' })
        }
      />
      {kind === 'week' ? (
        <>
          <Select
            size="xs"
            label={t('Week')}
            allowDeselect={false}
            data={['1', '2', '3', '4', '5', '0'].map((value) => ({
              value,
              label: value === '0' ? t('the last') : t('no. {n}', { n: value }),
            }))}
            value={week}
            onChange={(value) => change({ day: 0, week: `${value}:${weekday}` })}
          />
          <Select
            size="xs"
            label={t('Weekday')}
            allowDeselect={false}
            data={WEEKDAYS.map((word, index) => ({ value: String(index), label: t(word) }))}
            value={weekday}
            onChange={(value) => change({ day: 0, week: `${week}:${value}` })}
          />
        </>
      ) : (
        <NumberInput
          size="xs"
          label={kind === 'end' ? t('Day from the end') : t('Day')}
          min={1}
          max={31}
          value={Math.abs(of.day)}
          onChange={(value) => change({ day: (kind === 'end' ? -1 : 1) * (Number(value) || 1), week: '' })}
        />
      )}
    </div>
  );
}
