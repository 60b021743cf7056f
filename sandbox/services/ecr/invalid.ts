import { AwsError } from '../../account.ts';

/** A parameter that breaks one of ECR's constraints, worded as ECR words it. */
export const invalid = (parameter: string, constraint: string): AwsError =>
  new AwsError(
    'InvalidParameterException',
    `Invalid parameter at '${parameter}' failed to satisfy constraint: '${constraint}'`,
  );
