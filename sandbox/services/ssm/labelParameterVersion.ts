import type { LabelParameterVersionRequest, LabelParameterVersionResult } from '@aws-sdk/client-ssm';
import { AwsError, operation } from '../../account.ts';
import { tellChange } from './changeEvent.ts';
import { onParameters } from './names.ts';
import { latest, parameterByName } from './state.ts';

const MOST_LABELS = 10;

// Letters, digits, . - _; not beginning with a digit, "aws" or "ssm"; at most 100 characters.
const isLabel = (label: string): boolean => /^(?!aws|ssm)[a-z_.-][a-z0-9_.-]{0,99}$/i.test(label);

/** Moves labels onto a version (the latest, unless told). Labels of the wrong form are listed, not an error. */
export const labelParameterVersion = operation<LabelParameterVersionRequest, LabelParameterVersionResult>(
  (input, account) => onParameters(account, 'LabelParameterVersion', [input.Name ?? '']),
  (input, { account }) => {
    const parameter = parameterByName(account, input.Name ?? '');
    const wanted = input.ParameterVersion ?? latest(parameter).number;
    const version = parameter.versions.find((one) => one.number === wanted);
    if (!version) {
      throw new AwsError(
        'ParameterVersionNotFound',
        `Systems Manager could not find version ${wanted} of ${parameter.name}.`,
      );
    }
    const labels = (input.Labels ?? []).filter(isLabel);
    if (new Set([...version.labels, ...labels]).size > MOST_LABELS) {
      throw new AwsError(
        'ParameterVersionLabelLimitExceeded',
        `A parameter version can have at most ${MOST_LABELS} labels.`,
      );
    }
    for (const label of labels) {
      for (const other of parameter.versions) other.labels.delete(label);
      version.labels.add(label);
    }
    if (labels.length > 0) tellChange(account, parameter, 'LabelParameterVersion');
    return {
      InvalidLabels: (input.Labels ?? []).filter((label) => !isLabel(label)),
      ParameterVersion: version.number,
    };
  },
);
