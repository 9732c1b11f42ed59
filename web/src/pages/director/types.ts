import type { components, operations } from '@/generated/schema';

type Schemas = components['schemas'];
type QueryOf<Operation extends keyof operations> = NonNullable<operations[Operation]['parameters']['query']>;

export type WatchClock = NonNullable<QueryOf<'Supervisions_watch'>['clock']>;
export type WatchedLight = NonNullable<QueryOf<'Supervisions_watch'>['light']>;
export type SupervisionKind = NonNullable<QueryOf<'Supervisions_list'>['kind']>;
export type SupervisionState = NonNullable<QueryOf<'Supervisions_list'>['state']>;
export type Supervision = Schemas['SupervisionResponse'] &
  Partial<Pick<Schemas['SupervisionListItemResponse'], 'registrationNumber' | 'title'>>;

export type FigureQuery = QueryOf<'Statistics_figures'>;
export type Breakdown = NonNullable<FigureQuery['by']>;
export type FigureKey = NonNullable<FigureQuery['figure']>;
export type Figure = Schemas['FigureResponse'];
export type Tally = Schemas['TallyResponse'];
export type Definition = Schemas['DefinitionResponse'];
export type CaseQuery = QueryOf<'Statistics_cases'>;
export type Part = NonNullable<CaseQuery['part']>;

export type AreaMap = Schemas['AreaMapResponse'];
export type Group = Figure['groups'][number];
export type Figures = Schemas['FiguresResponse'];

/** What of a figure is opened: which part, of which group, and of which period where it is not the one asked for. */
export interface OpenedCases {
  readonly figure: FigureKey;
  readonly label: string;
  readonly part: Part;
  readonly partName: string;
  readonly group?: { readonly key: string; readonly name: string };
  readonly period?: { readonly from: string; readonly to: string };
}
