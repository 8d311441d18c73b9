import '#modules/projects';
