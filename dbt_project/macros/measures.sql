{# A value on the scale of a measure, converted to the unit of the measure. #}
{% macro unscale(scaled, scale) -%}
    case {{ scale }} when 'log10' then pow(10, {{ scaled }}) when 'log2' then pow(2, {{ scaled }}) else {{ scaled }} end
{%- endmacro %}

{# Tukey's fence: `steps` interquartile ranges beyond a quartile, on the scale of the measure. #}
{% macro fence(quartile, sign, steps) -%}
    {{ quartile }} {{ sign }} {{ steps }} * (scaled_third_quartile - scaled_first_quartile)
{%- endmacro %}
