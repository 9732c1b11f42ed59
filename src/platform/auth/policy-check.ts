import { Injectable, type OnApplicationBootstrap, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ACT, WITHOUT_EFFECT } from './act.decorator';
import { policyOf, policyTable } from './acts';

export interface RouteAct {
  readonly handler: string;
  readonly act: string | undefined;
  /** Changes nothing that somebody else could have read before. */
  readonly isReading?: boolean;
}

/** Boot check: every route names an act of the policy table, and every act that is not internal has a route. */
@Injectable()
export class PolicyCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const faults = policyFaults(this.routes());
    if (faults.length > 0) throw new Error(`Policy table: ${faults.join('; ')}`);
  }

  routes(): RouteAct[] {
    return this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      if (!instance || !metatype) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, (...args: unknown[]) => unknown>;
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const method = prototype[name];
        if (!method || Reflect.getMetadata(METHOD_METADATA, method) === undefined) return [];
        if (Reflect.getMetadata(PATH_METADATA, method) === undefined) return [];
        const act = this.reflector.get<string | undefined>(ACT, method);
        const isReading =
          Reflect.getMetadata(METHOD_METADATA, method) === RequestMethod.GET ||
          this.reflector.get<boolean | undefined>(WITHOUT_EFFECT, method) === true ||
          (act !== undefined && policyOf(act)?.isReading === true);
        return [{ handler: `${metatype.name}.${name}`, act, isReading }];
      });
    });
  }
}

/** What is wrong between routes and policy table; empty when they match. */
export function policyFaults(routes: readonly RouteAct[]): string[] {
  const used = new Set(routes.map((r) => r.act));
  return [
    ...routes.filter((r) => r.act === undefined).map((r) => `${r.handler} has no policy`),
    ...[...policyTable()]
      .filter(([act, policy]) => policy.internal !== true && !used.has(act))
      .map(([act]) => `act ${act} has no route`),
    ...[...policyTable()]
      .filter(([act, policy]) => policy.internal === true && used.has(act))
      .map(([act]) => `internal act ${act} has a route`),
  ];
}
