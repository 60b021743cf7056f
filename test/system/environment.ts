import type { Template } from '../../sandbox/template/deploy.ts';
import { packaged } from './stage.ts';

interface FunctionProperties {
  readonly FunctionName: string;
  readonly Environment: { readonly Variables: { readonly [name: string]: unknown } };
}

/** Every function of the packaged template, with the variables that it is given. */
export const functions = Object.entries(packaged.Resources)
  .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
  .map(([id, { Properties }]) => ({ id, ...(Properties as unknown as FunctionProperties) }))
  .map(({ id, FunctionName: name, Environment: { Variables: variables } }) => ({ id, name, variables }));

export type Broken = (variables: { readonly [name: string]: unknown }) => { readonly [name: string]: unknown };
export const missing: Broken = () => ({});
/** No variable of ours may hold this. */
export const nonsense: Broken = (variables) => Object.fromEntries(Object.keys(variables).map((name) => [name, '!']));

/** The packaged template with the environment of some functions changed. */
export function withEnvironment(broken: Broken, which: (name: string) => boolean = () => true): Template {
  const changed = functions
    .filter(({ name }) => which(name))
    .map(({ id, variables }) => {
      const resource = packaged.Resources[id];
      const Environment = { Variables: broken(variables) };
      return [id, { ...resource, Type: 'AWS::Lambda::Function', Properties: { ...resource?.Properties, Environment } }];
    });
  return { ...packaged, Resources: { ...packaged.Resources, ...Object.fromEntries(changed) } };
}
