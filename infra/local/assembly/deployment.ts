import type * as z from 'zod';
import { holds, resolveIn, type Scope } from './intrinsics.ts';
import { physicalOf, type Endpoints, type Physical } from './physical.ts';
import type { Assembly, Stack } from './template.ts';

/** A resource of the assembly with its physical ids and its properties, resolved and parsed. */
export interface Deployed<Properties> extends Physical {
  readonly logicalId: string;
  readonly stack: Stack;
  readonly properties: Properties;
}

/** All stacks of an assembly as if they had been deployed: every reference has its value. */
export interface Deployment {
  /** All resources of a type whose condition holds; only the properties that `schema` names are resolved. */
  resources<Schema extends z.ZodObject>(type: string, schema: Schema): Deployed<z.output<Schema>>[];
  /** The value of an output, from whichever stack has one of that name. */
  output(name: string): string | undefined;
}

/**
 * @param parameters values of template parameters, the same for every stack
 * @throws Error naming the property that is not as expected, or the intrinsic that is not known
 */
export function deploymentOf(
  assembly: Assembly,
  endpoints: Endpoints,
  parameters: Readonly<Record<string, string>>,
): Deployment {
  const scopes = assembly.stacks.map((stack): Scope => {
    const physical = (logicalId: string): Physical | undefined => {
      const resource = stack.template.Resources[logicalId];
      return resource && physicalOf(stack.name, logicalId, resource, endpoints);
    };
    return {
      stack,
      parameters,
      physical,
      exported: (name) => exported(scopes, name),
      outputOf: (of, name) => outputOf(scopes, of, name),
    };
  });
  return {
    resources: (type, schema) => scopes.flatMap((scope) => resourcesIn(scope, type, schema)),
    output: (name) => {
      const scope = scopes.find((each) => each.stack.template.Outputs[name]);
      return scope && String(resolveIn(scope, scope.stack.template.Outputs[name]?.Value));
    },
  };
}

function resourcesIn<Schema extends z.ZodObject>(
  scope: Scope,
  type: string,
  schema: Schema,
): Deployed<z.output<Schema>>[] {
  return Object.entries(scope.stack.template.Resources)
    .filter(([, each]) => each.Type === type && (!each.Condition || holds(scope, each.Condition)))
    .map(([logicalId, resource]) => {
      const wanted = Object.entries(resource.Properties).filter(([key]) => key in schema.shape);
      const parsed = schema.safeParse(resolveIn(scope, Object.fromEntries(wanted)));
      if (!parsed.success) {
        throw new Error(`${scope.stack.name}/${logicalId} (${type}): ${parsed.error.message}`);
      }
      const physical = scope.physical(logicalId) as Physical;
      return { ...physical, logicalId, stack: scope.stack, properties: parsed.data };
    });
}

function exported(scopes: readonly Scope[], name: string): unknown {
  for (const scope of scopes) {
    for (const output of Object.values(scope.stack.template.Outputs)) {
      if (output.Export && resolveIn(scope, output.Export.Name) === name) {
        return resolveIn(scope, output.Value);
      }
    }
  }
  throw new Error(`No stack exports ${name}`);
}

function outputOf(scopes: readonly Scope[], stack: string, name: string): unknown {
  const scope = scopes.find((each) => each.stack.name === stack);
  const output = scope?.stack.template.Outputs[name];
  if (!scope || !output) throw new Error(`No stack ${stack} has an output ${name}`);
  return resolveIn(scope, output.Value);
}
