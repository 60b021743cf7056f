/** A part of the packaged template, as far as it is read here. */
export interface PackagedTemplate {
  readonly Resources: {
    readonly [id: string]: {
      readonly Type: string;
      readonly DeletionPolicy?: string;
      readonly Properties: { readonly [name: string]: unknown };
    };
  };
}

/** Something that a deployment makes: the kind is a resource type, or what hangs on one; the text tells it from others. */
export interface Thing {
  readonly kind: string;
  readonly text: string;
}

/** What the template asks for: `like` fits the text of the one thing that is made of it. */
export interface Wanted {
  readonly id: string;
  readonly kind: string;
  readonly like: RegExp;
  /** It stays when the stack is removed. */
  readonly retained: boolean;
}

export const TARGET = 'target of a rule';

const nameKeys: { readonly [type: string]: string } = {
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SSM::Parameter': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::IAM::Role': 'RoleName',
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const referred = (value: unknown): string => {
  const { Ref: ref, 'Fn::GetAtt': attribute } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  const id = ref ?? attribute?.[0];
  if (id === undefined) throw new Error(`${JSON.stringify(value)} refers to no resource`);
  return id;
};

/** What the template asks for, of a stack in a Region. A name that is not given CloudFormation makes of stack and logical id. */
export function wantedBy({ Resources }: PackagedTemplate, stack: string, region: string): readonly Wanted[] {
  const resource = (id: string) => {
    const found = Resources[id];
    if (found === undefined) throw new Error(`the template has no ${id}`);
    return found;
  };
  function nameOf(id: string): string {
    const { Type, Properties } = resource(id);
    const given = Properties[nameKeys[Type] ?? ''] as string | { 'Fn::Sub': string } | undefined;
    if (given !== undefined) {
      const text = typeof given === 'string' ? given : given['Fn::Sub'].replaceAll('${AWS::Region}', region);
      return escaped(text);
    }
    const made = `${escaped(stack)}-${id}-\\w+`;
    return Type === 'AWS::S3::Bucket' ? made.toLowerCase() : made;
  }
  function textOf(id: string): string {
    const { Type, Properties } = resource(id);
    const own = (name: string): string => escaped(String(Properties[name]));
    switch (Type) {
      case 'AWS::Lambda::Function':
        return `${nameOf(id)} ${own('Handler')} ${own('Runtime')} ${own('MemorySize')} MB ${own('Timeout')} s`;
      case 'AWS::Logs::LogGroup':
        return `${nameOf(id)} ${own('RetentionInDays')} days`;
      case 'AWS::Lambda::EventSourceMapping':
        return `${nameOf(referred(Properties['EventSourceArn']))} to ${nameOf(referred(Properties['FunctionName']))}`;
      case 'AWS::Lambda::Permission':
        return `${nameOf(referred(Properties['FunctionName']))} by ${Properties['SourceArn'] === undefined ? own('Principal') : nameOf(referred(Properties['SourceArn']))}`;
      default:
        return nameOf(id);
    }
  }
  return Object.entries(Resources).flatMap(([id, { Type, Properties, DeletionPolicy }]) => {
    const wanted = (kind: string, like: string): Wanted => ({
      id,
      kind,
      like: new RegExp(`^${like}$`),
      retained: DeletionPolicy === 'Retain',
    });
    const targets = Type === 'AWS::Events::Rule' ? (Properties['Targets'] as readonly { Arn: unknown }[]) : [];
    return [
      wanted(Type, textOf(id)),
      ...targets.map(({ Arn }) => wanted(TARGET, `${nameOf(id)} to ${nameOf(referred(Arn))}`)),
    ];
  });
}

/** One sentence for each thing that is missing, and for each that nobody asked for. */
export function differences(wanted: readonly Wanted[], made: readonly Thing[]): readonly string[] {
  const rest = new Set(made);
  const missing = wanted.flatMap(({ id, kind, like }) => {
    const found = [...rest].find((thing) => thing.kind === kind && like.test(thing.text));
    if (found === undefined) return [`${id}: no ${kind} is like ${like.source}`];
    rest.delete(found);
    return [];
  });
  return [...missing, ...[...rest].map(({ kind, text }) => `nobody asked for this ${kind}: ${text}`)];
}
