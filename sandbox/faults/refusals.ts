import { AwsError } from '../account.ts';

type Words = readonly [code: string, status: number, message: string];

/** How each service says that it is asked too often, where it is not ThrottlingException with 400 (error lists of its API reference). */
const THROTTLED: ReadonlyMap<string, Words> = new Map([
  [
    'dynamodb',
    [
      'ProvisionedThroughputExceededException',
      400,
      'The level of configured provisioned throughput for the table was exceeded.',
    ],
  ],
  ['ec2', ['RequestLimitExceeded', 503, 'Request limit exceeded.']],
  ['autoscaling', ['Throttling', 400, 'Rate exceeded']],
  ['elasticloadbalancing', ['Throttling', 400, 'Rate exceeded']],
  ['iam', ['Throttling', 400, 'Rate exceeded']],
  ['lambda', ['TooManyRequestsException', 429, 'Rate Exceeded.']],
  ['s3', ['SlowDown', 503, 'Please reduce your request rate.']],
  ['sns', ['Throttling', 400, 'Rate exceeded']],
  ['sqs', ['RequestThrottled', 403, 'Rate exceeded']],
  ['sts', ['Throttling', 400, 'Rate exceeded']],
]);

/** How each service says that it failed, where it is not InternalFailure with 500. */
const FAILED: ReadonlyMap<string, Words> = new Map([
  ['application-autoscaling', ['InternalServiceException', 500, 'The service encountered an internal error.']],
  ['dynamodb', ['InternalServerError', 500, 'Internal server error']],
  ['ec2', ['InternalError', 500, 'An internal error has occurred.']],
  ['ecr', ['ServerException', 500, 'Service encountered a server error.']],
  ['ecs', ['ServerException', 500, 'Service Unavailable. Please try again later.']],
  ['lambda', ['ServiceException', 500, 'The service encountered an internal error.']],
  ['logs', ['ServiceUnavailableException', 503, 'The service cannot complete the request.']],
  ['s3', ['InternalError', 500, 'We encountered an internal error. Please try again.']],
  ['sns', ['InternalError', 500, 'An internal error has occurred.']],
  ['ssm', ['InternalServerError', 500, 'An error occurred on the server side.']],
]);

const refusal = ([code, status, message]: Words): AwsError => new AwsError(code, message, status);

export const throttledBy = (service: string): AwsError =>
  refusal(THROTTLED.get(service) ?? ['ThrottlingException', 400, 'Rate exceeded']);

export const failedBy = (service: string): AwsError =>
  refusal(
    FAILED.get(service) ?? ['InternalFailure', 500, 'The request processing has failed because of an unknown error.'],
  );
