import type { TaskState } from './types.ts';

const TOKEN_SUFFIX = '.waitForTaskToken';
const LAMBDA_FUNCTION = /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/;

/** The integrations of this account, with the arguments that they take. */
const SERVICES: {
  readonly [arn: string]: { readonly required: readonly string[]; readonly optional: readonly string[] };
} = {
  'arn:aws:states:::lambda:invoke': { required: ['FunctionName'], optional: ['Payload'] },
  'arn:aws:states:::sns:publish': { required: ['TopicArn', 'Message'], optional: ['Subject'] },
};

/** How a Task's Resource is called. */
export interface Resource {
  /** Key of the integration: the service ARN, or `lambda:function` for a function's own ARN. */
  readonly integration: string;
  /** The Resource without the suffix of its pattern. */
  readonly arn: string;
  readonly waitsForToken: boolean;
  readonly callsFunction: boolean;
  /** As history events name them, e.g. `lambda` and `invoke.waitForTaskToken`; undefined for a function's own ARN. */
  readonly event: { readonly resourceType: string; readonly resource: string } | undefined;
}

export function resourceOf(resource: string): Resource {
  const waitsForToken = resource.endsWith(TOKEN_SUFFIX);
  const arn = waitsForToken ? resource.slice(0, -TOKEN_SUFFIX.length) : resource;
  if (LAMBDA_FUNCTION.test(resource))
    return { integration: 'lambda:function', arn, waitsForToken: false, callsFunction: true, event: undefined };
  const [, , , , , resourceType = '', action = ''] = resource.split(':');
  return {
    integration: arn,
    arn,
    waitsForToken,
    callsFunction: resourceType === 'lambda',
    event: { resourceType, resource: action },
  };
}

/** Why a Task cannot be run in this account: an unknown resource or argument, or one that is missing. */
export function resourceProblem(state: TaskState): string | undefined {
  const { integration, event } = resourceOf(state.Resource);
  if (!event) return undefined;
  const service = SERVICES[integration];
  if (!service) return `the Resource ${state.Resource} is not supported here`;
  const given = Object.keys(state.Parameters ?? {}).map((name) => (name.endsWith('.$') ? name.slice(0, -2) : name));
  const unknown = given.find((name) => !service.required.includes(name) && !service.optional.includes(name));
  if (unknown !== undefined) return `the argument ${unknown} of ${integration} is not supported here`;
  const missing = service.required.find((name) => !given.includes(name));
  return missing === undefined ? undefined : `the Resource ${integration} needs the argument ${missing}`;
}
