import type { ParameterTier } from '@aws-sdk/client-ssm';
import { AwsError } from '../../account.ts';

const refused = (message: string): AwsError => new AwsError('ValidationException', message);

const CAPACITY: { readonly [tier: string]: number } = { Standard: 4096, Advanced: 8192 };

/** Intelligent tiering takes what is needed; a parameter that is advanced stays so. */
export function tierFor(value: string, asked: ParameterTier, current: ParameterTier | undefined): ParameterTier {
  if (asked !== 'Intelligent-Tiering') {
    if (asked === 'Standard' && current === 'Advanced') {
      throw refused("This parameter uses the advanced-parameter tier. You can't downgrade it to the standard tier.");
    }
    return asked;
  }
  return current === 'Advanced' || Buffer.byteLength(value) > 4096 ? 'Advanced' : 'Standard';
}

/** Checks a value: size in UTF-8 bytes, no `{{` … `}}` (kept for nesting), its data type, its pattern. */
export function checkValue(value: string, tier: ParameterTier, dataType: string, allowedPattern?: string): void {
  const most = CAPACITY[tier] ?? 4096;
  if (value === '')
    throw refused("Value '' at 'value' failed to satisfy constraint: Member must have length greater than 0");
  if (Buffer.byteLength(value) > most) {
    throw refused(
      `${tier} tier parameters support a maximum parameter value of ${most} characters.` +
        (tier === 'Standard'
          ? ' To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.'
          : ''),
    );
  }
  if (/\{\{[\s\S]*\}\}/.test(value))
    throw refused('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.');
  if (dataType === 'json') checkJson(value);
  else if (dataType !== 'text') throw refused(`This account does not model the data type ${dataType}`);
  if (allowedPattern !== undefined && !patternOf(allowedPattern).test(value)) {
    throw new AwsError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
    );
  }
}

function checkJson(value: string): void {
  try {
    JSON.parse(value);
  } catch {
    throw refused('The parameter value is not valid for the data type json.');
  }
}

function patternOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw new AwsError(
      'InvalidAllowedPatternException',
      'The request does not meet the regular expression requirement.',
    );
  }
}
