export type AgencyKind =
  | 'justice-bureau'
  | 'court'
  | 'procuratorate'
  | 'police'
  | 'institution'
  | 'association'
  | 'discipline'
  | 'health'
  | 'government'
  | 'ministry'
  | 'provider'
  | 'organ';
export type Role = 'officer' | 'leader' | 'appraiser' | 'staff' | 'head' | 'registrar' | 'clerk' | 'operator' | 'system';
export interface Actor {
  readonly agency: string;
  readonly kind: AgencyKind;
  readonly division: string;
  readonly person: string;
  readonly roles: readonly Role[];
}
