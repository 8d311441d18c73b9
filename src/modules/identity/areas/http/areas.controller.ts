import { Controller, Get, Param, Query } from '@nestjs/common';
import { Public } from '#platform';
import { AreaReads } from '../areas.read.js';
import { AreaDetailsResponse, AreaListResponse } from './area.response.js';
import { ListAreasQuery } from './list-areas.query.js';

@Controller('areas')
export class AreasController {
  constructor(private readonly areas: AreaReads) {}

  /** The provinces, the children of an area, or all areas with a name. */
  @Get()
  @Public('the list of administrative divisions is public')
  list(@Query() query: ListAreasQuery): Promise<AreaListResponse> {
    return this.areas.list(query);
  }

  /** One area, also a retired one, with the areas above it. */
  @Get(':code')
  @Public('the list of administrative divisions is public')
  show(@Param('code') code: string): Promise<AreaDetailsResponse> {
    return this.areas.details(code);
  }
}
