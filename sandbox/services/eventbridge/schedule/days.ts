import { numberField, numberOf } from './field.ts';

export type OnDay = (date: Date) => boolean;

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const lastOfMonth = (date: Date): number =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();

/** 1 is Sunday. */
const weekdayOf = (date: Date): number => date.getUTCDay() + 1;

/** Day of month, with `L` (the last) and `nW` (the weekday nearest to the nth, within the month). */
export function dayField(text: string): OnDay | undefined {
  if (text === 'L') return (date) => date.getUTCDate() === lastOfMonth(date);
  const nearest = /^(\d{1,2})W$/.exec(text);
  if (nearest) {
    const wanted = Number(nearest[1]);
    return wanted < 1 || wanted > 31 ? undefined : (date) => date.getUTCDate() === weekdayNearest(date, wanted);
  }
  const accepts = numberField(text, 1, 31);
  return accepts && ((date) => accepts(date.getUTCDate()));
}

function weekdayNearest(month: Date, wanted: number): number {
  const last = lastOfMonth(month);
  if (wanted > last) return Number.NaN;
  const on = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), wanted)).getUTCDay();
  if (on === 6) return wanted === 1 ? 3 : wanted - 1;
  if (on === 0) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
}

/** Day of week, with `nL` (the last of the month; `L` is Saturday) and `n#k` (the kth of the month). */
export function weekdayField(text: string): OnDay | undefined {
  if (text === 'L') return (date) => weekdayOf(date) === 7;
  const [, dayText, rule, kText] = /^(\w{1,3})(L|#)(\d?)$/.exec(text) ?? [];
  const day = numberOf(dayText ?? '', 1, WEEKDAYS);
  if (rule !== undefined) {
    const k = Number(kText);
    if (!(day >= 1 && day <= 7) || (rule === '#' ? !(k >= 1 && k <= 5) : kText !== '')) return undefined;
    const inPlace = (date: Date): boolean =>
      rule === 'L' ? date.getUTCDate() > lastOfMonth(date) - 7 : Math.ceil(date.getUTCDate() / 7) === k;
    return (date) => weekdayOf(date) === day && inPlace(date);
  }
  const accepts = numberField(text, 1, 7, WEEKDAYS);
  return accepts && ((date) => accepts(weekdayOf(date)));
}
