import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProjectState } from './project.state.js';

@Entity({ schema: 'projects', name: 'project' })
export class Project {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { name: 'contract_id', nullable: true })
  contractId: string | null;
  @Column('uuid', { name: 'organization_id' })
  organizationId: string;
  @Column('text', { name: 'area_code' })
  areaCode: string;
  @Column('text')
  title: string;
  @Column('text')
  description: string;
  @Column('text')
  state: ProjectState;
  @Column('date', { name: 'starts_on' })
  startsOn: string;
  @Column('date', { name: 'ends_on' })
  endsOn: string;
  @Column('int')
  version: number;
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
