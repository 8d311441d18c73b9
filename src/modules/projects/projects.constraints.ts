import { defineConstraints } from '#platform';

defineConstraints('projects', {
  project_one_per_contract: {
    unreachable: 'a contract is signed once, and the handler that opens its project runs once per event',
  },
  project_source_known: { unreachable: 'ProjectSource lists the same sources for the compiler' },
  project_contract_fits_source: { unreachable: 'Project.opened is the only beginning, and has the contract' },
  project_contract_known: { unreachable: 'OpenProjectWhenContractSigned has read the contract' },
  project_organization_known: { unreachable: 'the supplier of a contract, which refers to it itself' },
  project_area_known: { unreachable: 'the area of a contract, which refers to it itself' },
  project_title_length: { unreachable: 'the title of a contract, which is bounded likewise' },
  project_description_length: { unreachable: 'DescribeProjectRequest takes 10,000 characters at most' },
  project_term_order: { unreachable: 'checkTerms refuses a contract that does not end after it starts' },
});
