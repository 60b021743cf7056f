/** An ISO 8601 duration of hours and minutes, as EventBridge and Step Functions know it: `PT10M`, `PT1H30M`. */
const hoursAndMinutes = /^PT(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?$/;

/** Undefined for what is no such duration. */
export function durationSeconds(text: string): number | undefined {
  const found = hoursAndMinutes.exec(text);
  if (found === null) return undefined;
  const [, hours = '0', minutes = '0'] = found;
  return Number(hours) * 3600 + Number(minutes) * 60;
}

/** Whole days as ISO 8601 writes them, `P7D`: at most 99. Undefined for anything else. */
export function durationDays(text: string): number | undefined {
  const [, days] = /^P([1-9]\d?)D$/.exec(text) ?? [];
  return days === undefined ? undefined : Number(days);
}
