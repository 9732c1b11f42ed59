import { type Component, defineAsyncComponent } from 'vue';
import type { components } from '@/generated/schema';

export type Dispute = components['schemas']['DisputeResponse'];

/** What a tab's component is given. `reload` reads the matter again, after an act that may have moved it. */
export interface MatterTabProps {
  readonly disputeId: string;
  readonly dispute: Dispute;
  readonly reload: () => Promise<void>;
}

/** One tab of the matter's page; each area keeps its own in `tabs/*.ts` as `export const tab: MatterTab`. */
export interface MatterTab {
  /** In the address: `/matters/<id>?tab=<key>`. */
  readonly key: string;
  readonly label: string;
  readonly order: number;
  /** The reading that the tab begins with; shown to whoever may do it on this matter. */
  readonly act?: string;
  readonly component: Component | (() => Promise<{ default: Component }>);
}

const found = import.meta.glob<{ tab: MatterTab }>('./tabs/*.ts', { eager: true });

const all = Object.values(found)
  .map(({ tab }) => ({
    ...tab,
    component:
      typeof tab.component === 'function'
        ? defineAsyncComponent(tab.component as () => Promise<{ default: Component }>)
        : tab.component,
  }))
  .sort((a, b) => a.order - b.order);

/** Asks for a tab's program while the matter itself is read; what fails here fails again, and is told, when it is opened. */
export function fetchTab(key: unknown): void {
  const load = Object.values(found).find(({ tab }) => tab.key === (key ?? 'overview'))?.tab.component;
  if (typeof load === 'function') (load as () => Promise<unknown>)().catch(() => undefined);
}

/** The tabs that this reader may open on this matter. */
export function tabsOf(dispute: Dispute): readonly MatterTab[] {
  const granted = new Set([...dispute.grantedActs, ...dispute.allowedActs]);
  return all.filter(({ act }) => act === undefined || granted.has(act));
}
