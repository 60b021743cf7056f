import type { Template } from '../sandbox/template/deploy.ts';

type Resource = Template['Resources'][string];

const properties = ({ Properties = {} }: Resource): { readonly [name: string]: unknown } => Properties;

/** The canary's alarm: the one that is raised by what does not come. */
const isOfCanary = (one: Resource): boolean =>
  one.Type === 'AWS::CloudWatch::Alarm' && properties(one)['TreatMissingData'] === 'breaching';

/** A rule that lets findings in, as it is without the clock. */
function unclocked(one: Resource): Resource {
  const { ScheduleExpression, ...rest } = properties(one);
  if (one.Type !== 'AWS::Events::Rule' || rest['EventPattern'] === undefined) return one;
  return { ...one, Properties: rest };
}

const everyMinute = 'rate(1 minute)';

/**
 * The template with what comes every minute coming every hour: for a scenario of days, which would otherwise be thousands of runs that find
 * nothing. The guard hears of each edit by its event; what comes every minute is for events that are lost, and none is lost there.
 */
export const withoutMinutes = (template: Template): Template => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(template.Resources).map(([name, one]) => [
      name,
      properties(one)['ScheduleExpression'] === everyMinute
        ? { ...one, Properties: { ...properties(one), ScheduleExpression: 'rate(1 hour)' } }
        : one,
    ]),
  ),
});

/**
 * The template without its canary: for what counts each message, event and run of an incident, or lets hours pass in which the canary would
 * come again and again, and for nothing that is deployed to be used.
 */
export const withoutCanary = (template: Template): Template => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, one]) => !isOfCanary(one))
      .map(([name, one]) => [name, unclocked(one)]),
  ),
});

/** The template as it is without a console: `--param=console=off`, the default of a deployment. */
export const withoutConsole = (template: Template): Template => {
  const { ConsoleUrl: _output, ...Outputs } =
    (template as { readonly Outputs?: { readonly [name: string]: unknown } }).Outputs ?? {};
  const kept = Object.entries(template.Resources).filter(([, one]) => one.Type !== 'AWS::Lambda::Url' && !isOfUrl(one));
  return {
    ...template,
    Resources: Object.fromEntries(kept.map(([name, one]) => [name, withoutAddress(one)])),
    Outputs,
  } as Template;
};

/** A permission for whoever comes by the function's address. */
const isOfUrl = (one: Resource): boolean =>
  one.Type === 'AWS::Lambda::Permission' &&
  (properties(one)['FunctionUrlAuthType'] !== undefined || properties(one)['InvokedViaFunctionUrl'] !== undefined);

/** A function that is told of no address. */
function withoutAddress(one: Resource): Resource {
  const environment = properties(one)['Environment'] as
    | { readonly Variables?: { readonly [name: string]: unknown } }
    | undefined;
  if (environment?.Variables?.['CONSOLE_URL'] === undefined) return one;
  const Environment = { ...environment, Variables: { ...environment.Variables, CONSOLE_URL: 'off' } };
  return { ...one, Properties: { ...properties(one), Environment } };
}
