/** An ISO 8601 duration of hours and minutes, as EventBridge and Step Functions know it: `PT10M`, `PT1H30M`. */
const hoursAndMinutes = /^PT(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?$/;

/** Undefined for what is no such duration. */
export function durationSeconds(text: string): number | undefined {
  const found = hoursAndMinutes.exec(text);
  if (found === null) return undefined;
  const [, hours = '0', minutes = '0'] = found;
  return Number(hours) * 3600 + Number(minutes) * 60;
}
