import { newId } from '#libs/kernel';
import { ALL_RIGHTS, type TableWalls, describeTables } from '../../../test/support/table-walls.js';

const id = () => newId();
const long = (length: number) => '长'.repeat(length);

const TABLES: readonly TableWalls[] = [
  {
    table: 'projects.project',
    rights: ALL_RIGHTS,
    row: {
      id: id(),
      organization_id: id(),
      area_code: '999901',
      source: 'own',
      title: '社区服务',
      state: 'planned',
      starts_on: '2026-12-01',
      ends_on: '2026-12-02',
      created_at: '2026-11-23T01:00:00Z',
    },
    optional: ['contract_id'],
    refuses: {
      project_title_length: [{ title: '' }, { title: long(301) }],
      project_description_length: [{ description: long(10_001) }],
      project_source_known: [{ source: 'gift' }],
      project_contract_fits_source: [{ source: 'contract' }, { contract_id: id() }],
      project_state_known: [{ state: 'lost' }],
      project_term_order: [{ ends_on: '2026-12-01' }],
    },
    accepts: [
      { source: 'contract', contract_id: id() },
      { title: long(300), description: long(10_000) },
      ...['active', 'completed', 'cancelled'].map((state) => ({ state })),
    ],
    refusesBeside: {
      project_one_per_contract: [[{ source: 'contract', contract_id: id() }, { id: id() }]],
    },
    acceptsBeside: [
      [{}, { id: id() }],
      [
        { source: 'contract', contract_id: id() },
        { id: id(), contract_id: id() },
      ],
    ],
    refers: {
      project_contract_known: { source: 'contract', contract_id: id() },
      project_organization_known: {},
      project_area_known: {},
    },
  },
];

describeTables('projects', TABLES);
