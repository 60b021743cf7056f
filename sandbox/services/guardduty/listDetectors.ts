import { operation } from '../../account.ts';
import { guardDuty } from './detector.ts';

/** A Region has one detector at the most, so there is one page. IAM does not scope it. */
export const listDetectors = operation<object, { readonly detectorIds: readonly string[] }>(
  () => [{ action: 'guardduty:ListDetectors', resource: '*' }],
  (_input, { account }) => {
    const { detector } = guardDuty(account);
    return { detectorIds: detector === undefined ? [] : [detector.id] };
  },
);
