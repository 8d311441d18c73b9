import { Column, Entity, PrimaryColumn } from 'typeorm';
import { newId } from '#libs/kernel';
import { type ProjectState, projectStates } from './project.state.js';

/** What a signed contract says of the project that follows from it. */
export interface ContractedProject {
  readonly contractId: string;
  readonly organizationId: string;
  readonly areaCode: string;
  readonly title: string;
  /** China dates; the last day is part of it. */
  readonly startsOn: string;
  readonly endsOn: string;
}

export type ProjectSource = 'contract' | 'own';

@Entity({ schema: 'projects', name: 'project' })
export class Project {
  @PrimaryColumn('uuid')
  id: string;
  @Column('text')
  source: ProjectSource;
  /** Of a project that comes from a contract, and of no other. */
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
  readonly state: ProjectState;
  @Column('date', { name: 'starts_on' })
  startsOn: string;
  @Column('date', { name: 'ends_on' })
  endsOn: string;
  @Column('int')
  readonly version: number;
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  static opened(contracted: ContractedProject, at: Date): Project {
    return Object.assign(new Project(), {
      ...contracted,
      id: newId(),
      source: 'contract' satisfies ProjectSource,
      description: '',
      state: projectStates.initial,
      version: 1,
      createdAt: at,
    });
  }
}
