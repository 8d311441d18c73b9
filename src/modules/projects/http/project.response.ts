export class ProjectResponse {
  id: string;
  contractId: string | null;
  organizationId: string;
  areaCode: string;
  title: string;
  description: string;
  state: 'planned' | 'active' | 'completed' | 'cancelled';
  startsOn: string;
  endsOn: string;
  /** Send it back in If-Match. */
  version: number;
}

export class ProjectPageResponse {
  items: ProjectResponse[];
  nextCursor: string | null;
}
