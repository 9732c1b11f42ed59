import { api, call } from '@/api';
import { label } from '@/ui/labels';

export interface Place {
  readonly id: string;
  readonly name: string;
  readonly kindName: string;
}

/** Every place at which an office can be held: centers, committees, agencies, and units below. */
export async function loadPlaces(): Promise<readonly Place[]> {
  const [centers, committees, agencies, units] = await Promise.all([
    call(api.GET('/api/centers')),
    call(api.GET('/api/committees')),
    call(api.GET('/api/agencies')),
    call(api.GET('/api/org-units')),
  ]);
  return [
    ...centers.map(({ id, name }) => ({ id, name, kindName: '综治中心' })),
    ...committees.map(({ id, name }) => ({ id, name, kindName: '调解委员会' })),
    ...agencies.map(({ id, name }) => ({ id, name, kindName: '联动单位' })),
    ...units.map(({ id, name, kind }) => ({ id, name, kindName: label('UnitResponse.kind', kind) })),
  ];
}
