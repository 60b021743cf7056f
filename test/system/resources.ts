import { packaged } from './stage.ts';

// Read as data, by the names of CloudFormation: what is missing is undefined, and fails.
// biome-ignore lint/suspicious/noExplicitAny: a template has no narrower type
export type Properties = any;

/** The resources of a type, with their properties. */
export const resources = (type: string): readonly (readonly [id: string, properties: Properties])[] =>
  Object.entries(packaged.Resources).flatMap(([id, { Type, Properties }]) =>
    Type === type ? [[id, Properties] as const] : [],
  );
export const propertiesOf = (id: string): Properties => packaged.Resources[id]?.Properties;
/** The resource that a property names. */
export const named = (
  value: { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly string[] } | undefined,
): string => value?.Ref ?? value?.['Fn::GetAtt']?.[0] ?? 'nothing';
