import type * as z from 'zod';
import { complaintsOf } from '../../shared/rules/complaints.ts';
import { type Account, AwsError } from '../account.ts';
import { addStack } from '../services/cloudformation/stacks.ts';
import { type Physical, resolve, type Scope, TemplateError } from './intrinsics.ts';
import { creationOrder } from './order.ts';
import { resourceTypes } from './resources/types.ts';
import { type ReadTemplate, readTemplate, type Template } from './template.ts';

export type { Template } from './template.ts';

export interface DeployContext {
  readonly account: Account;
  readonly logicalId: string;
  /** Name of a resource that the template leaves to CloudFormation; longer ones lose the end of the logical id. */
  readonly generatedName: (limit: number) => string;
  /** Folder that holds a function's code, from its S3 key. */
  readonly codeFolder: (s3Key: string) => string;
}

export interface ResourceType {
  /** Strict: a property that the sandbox does not know refuses to start. */
  readonly properties: z.ZodType;
  readonly create: (properties: never, context: DeployContext) => Physical;
}

export interface Stack {
  readonly name: string;
  readonly resources: ReadonlyMap<string, Physical>;
  readonly outputs: { readonly [name: string]: string };
}

export interface DeployOptions {
  readonly stack: string;
  readonly codeFolder: (s3Key: string) => string;
}

/**
 * Creates everything that a template describes, or nothing is left out: throws TemplateError, with the path, for what the sandbox
 * does not know, and for what a service refuses.
 */
export function deploy(account: Account, given: Template, options: DeployOptions): Stack {
  const template = readTemplate(given);
  const resources = new Map<string, Physical>();
  const scope: Scope = { account: account.id, region: account.region, stack: options.stack, resources };
  for (const logicalId of creationOrder(template)) {
    const resource = template.Resources[logicalId];
    if (resource === undefined) continue;
    const { create, properties } = typed(logicalId, resource, scope);
    resources.set(
      logicalId,
      attempt(logicalId, () => create(properties, contextOf(account, logicalId, options))),
    );
  }
  addStack(
    account,
    options.stack,
    [...resources].map(([logicalId, { ref }]) => ({
      logicalId,
      physicalId: ref,
      type: template.Resources[logicalId]?.Type ?? '',
    })),
  );
  const outputs = Object.entries(template.Outputs).map(([name, output]) => [
    name,
    String(resolve(output.Value, scope, `Outputs.${name}.Value`)),
  ]);
  return { name: options.stack, resources, outputs: Object.fromEntries(outputs) };
}

/** A resource's type, and its properties as that type reads them. */
function typed(logicalId: string, { Type, Properties }: ReadTemplate['Resources'][string], scope: Scope) {
  const type = Object.hasOwn(resourceTypes, Type) ? resourceTypes[Type] : undefined;
  if (type === undefined) {
    throw new TemplateError(`${logicalId}.Type`, `the sandbox does not know resources of type ${Type}`);
  }
  const base = `${logicalId}.Properties`;
  const parsed = type.properties.safeParse(resolve(Properties, scope, base), { reportInput: true });
  if (parsed.success) return { create: type.create, properties: parsed.data as never };
  const [complaint] = complaintsOf(parsed.error, base, type.properties);
  const { code, message = 'is not understood', path = base, suggestion = '' } = complaint ?? {};
  const hint = suggestion.startsWith('did you mean') ? `; ${suggestion}` : '';
  throw new TemplateError(
    path,
    `${code === 'unknown-key' ? `the sandbox does not know this of ${Type}` : message}${hint}`,
  );
}

const contextOf = (account: Account, logicalId: string, { stack, codeFolder }: DeployOptions): DeployContext => ({
  account,
  logicalId,
  codeFolder,
  generatedName: (limit) => {
    // Eleven, since twelve that happen to be digits read as an account's number.
    const end = `-${account.random.hex(11)}`;
    return `${`${stack}-${logicalId}`.slice(0, limit - end.length)}${end}`;
  },
});

/** What a service refuses is the template's fault, too. */
function attempt<T>(logicalId: string, create: () => T): T {
  try {
    return create();
  } catch (error) {
    if (error instanceof AwsError) throw new TemplateError(logicalId, `${error.code}: ${error.message}`);
    throw error;
  }
}
