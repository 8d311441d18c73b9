import { Controller, Get, Param, Query } from '@nestjs/common';
import { platformErrors, Public } from '#platform';
import { FindAreas } from '../areas.read.js';
import { AreaDetailsResponse, AreaListResponse } from './area.response.js';
import { ListAreasQuery } from './list-areas.query.js';

@Controller('areas')
export class AreasController {
  constructor(private readonly findAreas: FindAreas) {}

  /** The provinces, the children of an area, or all areas with a name. */
  @Get()
  @Public('the list of administrative divisions is public')
  list(@Query() query: ListAreasQuery): Promise<AreaListResponse> {
    return this.findAreas.list(query);
  }

  /** One area, also a retired one, with the areas above it. */
  @Get(':code')
  @Public('the list of administrative divisions is public')
  async show(@Param('code') code: string): Promise<AreaDetailsResponse> {
    const area = await this.findAreas.one(code);
    if (!area) throw platformErrors.notFound();
    return { ...area, above: await this.findAreas.above(code) };
  }
}
